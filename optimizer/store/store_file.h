/*
 * store_file.h: the file of a store, before SQLite opens it.
 *
 * Meaning   a new store is for its owner alone (0600), whatever the umask:
 *           mail addresses and hashes of passwords stand in it.  SQLite gives
 *           its log and index the same mode.  A file that is there keeps its
 *           own, so that who shares it with a group says so by chmod.
 * Failure   none: SQLite says why a file cannot be made.
 */
#ifndef TSUNAGARI_STORE_FILE_H
#define TSUNAGARI_STORE_FILE_H

/* ":memory:" is no file. */
void store_file_make(const char *path);

#endif
