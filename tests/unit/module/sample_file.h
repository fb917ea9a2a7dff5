/* sample_file.h: struct sample as the bytes of schema/snapshot.h. */
#ifndef TSUNAGARI_SAMPLE_FILE_H
#define TSUNAGARI_SAMPLE_FILE_H

#include "sample.h"

/* Fills data and size from the rest. */
void sample_file_make(struct sample *s, struct sample_options options);

#endif
