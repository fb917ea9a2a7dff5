/* snapshot_file.c: streams a snapshot's sections and closes it with its CRC. */
#include "snapshot_file.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * A file system that keeps what is written in pieces as large as the write
 * (ext4 from Linux 6.16 on, XFS) gives a worker that maps the file pages of
 * 2 MB: 90 faults for 180 MB instead of 3,000, and as much less to unmap.
 */
enum { WRITE_BYTES = 16 * 1024 * 1024 };

static uint32_t
section_count(void)
{
    uint32_t count = 0;
    for (uint32_t type = 1; type < SNAP_SEC_TYPES; type++) {
        count += snap_section_copies(type);
    }
    return count;
}

static void
put(struct snapshot_file *file, const void *data, uint64_t len)
{
    if (len > 0 && file->error == 0 &&
        fwrite(data, 1, (size_t)len, file->stream) != len) {
        file->error = errno != 0 ? errno : EIO;
    }
    file->at += len;
}

void
snapshot_file_begin(struct snapshot_file *file, uint32_t type, uint32_t index)
{
    static const char zero[8];
    put(file, zero, (8 - file->at % 8) % 8);
    assert(file->sections < section_count());
    file->table[file->sections++] = (struct snap_section){.type = type,
        .index = index,
        .offset = file->at,
        .stride = snap_section_stride(type)};
}

uint64_t
snapshot_file_append(
    struct snapshot_file *file, const void *data, uint64_t bytes)
{
    struct snap_section *s = &file->table[file->sections - 1];
    assert(bytes % s->stride == 0);
    uint64_t offset = s->length;
    put(file, data, bytes);
    s->length += bytes;
    return offset;
}

bool
snapshot_file_open(
    struct snapshot_file *file, const char *path, struct err *err)
{
    memset(file, 0, sizeof(*file));
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return fail(err, ERR_SYSTEM, "snapshot: cannot make: %s: \"%s\"",
            strerror(errno), path);
    }
    file->stream = fdopen(fd, "w+");
    assert(file->stream != NULL);
    file->buffer = xmalloc(WRITE_BYTES);
    setvbuf(file->stream, file->buffer, _IOFBF, WRITE_BYTES);
    file->path = path;
    static const char zero[8];
    size_t head = sizeof(struct snap_header) +
                  section_count() * sizeof(struct snap_section);
    while (file->at < head) {
        put(file, zero, sizeof(zero));
    }
    snapshot_file_begin(file, SNAP_SEC_BYTES, 0);
    return true;
}

struct snap_ref
snapshot_file_text(struct snapshot_file *file, const void *data, size_t len)
{
    assert(file->sections == 1 && len < SNAP_NONE);
    return (struct snap_ref){.offset = snapshot_file_append(file, data, len),
        .length = (uint32_t)len};
}

bool
snapshot_file_read(struct snapshot_file *file, struct snap_ref ref, char *to)
{
    if (file->error == 0 && fflush(file->stream) != 0) {
        file->error = errno;
    }
    uint64_t at = file->table[0].offset + ref.offset;
    for (uint64_t n = 0; n < ref.length && file->error == 0;) {
        ssize_t got = pread(
            fileno(file->stream), to + n, ref.length - n, (off_t)(at + n));
        if (got > 0) {
            n += (uint64_t)got;
        } else if (got == 0 || errno != EINTR) {
            file->error = got == 0 ? EIO : errno;
        }
    }
    return file->error == 0;
}

void
snapshot_file_section(struct snapshot_file *file, uint32_t type, uint32_t index,
    const void *records, uint64_t count)
{
    snapshot_file_begin(file, type, index);
    snapshot_file_append(file, records, count * snap_section_stride(type));
}

/* The two checksums of the header, from the file as it was written. */
static bool
checksum(struct snapshot_file *file, struct snap_header *header)
{
    void *base = mmap(
        NULL, (size_t)file->at, PROT_READ, MAP_SHARED, fileno(file->stream), 0);
    if (base == MAP_FAILED) {
        return false;
    }
    const unsigned char *rest = (unsigned char *)base + sizeof(*header);
    uint64_t rest_n = file->at - sizeof(*header);
    uint32_t crc = snap_crc32(0, rest, rest_n);
    header->generation = (uint64_t)header->run_id << 32 | crc;
    crc = snap_crc32(0, header, sizeof(*header));
    header->crc32 = snap_crc32(crc, rest, rest_n);
    munmap(base, (size_t)file->at);
    return true;
}

static bool
write_at(struct snapshot_file *file, const void *data, size_t n, off_t at)
{
    for (const char *p = data; n > 0;) {
        ssize_t put = pwrite(fileno(file->stream), p, n, at);
        if (put > 0) {
            p += put;
            n -= (size_t)put;
            at += put;
        } else if (put == 0 || errno != EINTR) {
            return false;
        }
    }
    return true;
}

static bool
write_head(struct snapshot_file *file, struct snap_header *header)
{
    return fflush(file->stream) == 0 &&
           write_at(file, file->table, file->sections * sizeof(file->table[0]),
               sizeof(*header)) &&
           checksum(file, header) &&
           write_at(file, header, sizeof(*header), 0) &&
           fsync(fileno(file->stream)) == 0;
}

static void
close_stream(struct snapshot_file *file)
{
    fclose(file->stream);
    free(file->buffer);
    file->stream = NULL;
    file->buffer = NULL;
}

bool
snapshot_file_close(
    struct snapshot_file *file, struct snap_header *header, struct err *err)
{
    assert(file->sections == section_count());
    memcpy(header->magic, SNAP_MAGIC, sizeof(header->magic));
    header->version = SNAP_VERSION;
    header->header_size = sizeof(*header);
    header->file_size = file->at;
    header->sections = file->sections;
    header->crc32 = 0;
    header->reserved[0] = 0;
    errno = 0;
    if (file->error != 0 || !write_head(file, header)) {
        int error = file->error != 0 ? file->error : errno;
        fail(err, ERR_SYSTEM, "snapshot: cannot write: %s: \"%s\"",
            strerror(error != 0 ? error : EIO), file->path);
        snapshot_file_abandon(file);
        return false;
    }
    close_stream(file);
    return true;
}

void
snapshot_file_abandon(struct snapshot_file *file)
{
    if (file->stream != NULL) {
        close_stream(file);
        unlink(file->path);
    }
}
