#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#ifdef __cplusplus
extern "C" {
#endif

enum { CSJ_NULL, CSJ_BOOL, CSJ_NUMBER, CSJ_STRING, CSJ_ESCAPED_STRING, CSJ_ARRAY, CSJ_OBJECT };

/// One value, or one member name, of a parsed document in document order. Offsets are bytes into the source;
/// for strings they leave out the quotes. `after` is the index of the first node behind this one's subtree; behind a name is
/// its value, so there it is the name's mark, or UINT32_MAX for one with escapes.
typedef struct csj_node {
    uint32_t start;
    uint32_t end;
    uint32_t after;
    uint32_t kind;
} csj_node;

typedef struct csj_parser csj_parser;

csj_parser *_Nonnull csj_parser_new(void);
void csj_parser_free(csj_parser *_Nonnull);

/// Parses one whole document. Returns 0 and sets `nodes` and `count` (valid until the next call), or a simdjson error
/// code and the byte offset near which it arose.
int csj_parse(csj_parser *_Nonnull, const uint8_t *_Nonnull bytes, size_t length, const csj_node *_Nullable *_Nonnull nodes,
              size_t *_Nonnull count, size_t *_Nonnull error_offset);

const char *_Nonnull csj_error_message(int code);

/// What names mostly differ in: their length, their first byte and their last.
static inline uint32_t csj_name_mark(const uint8_t *_Nonnull name, uint32_t length) {
    return length == 0 ? 0 : length << 16 | (uint32_t)name[0] << 8 | name[length - 1];
}

/// The index of the value of an object's last member of that name: 0 if it has none, UINT32_MAX if one of its names has escapes.
static inline uint32_t csj_last_member(const csj_node *_Nonnull nodes, const uint8_t *_Nonnull bytes, uint32_t object,
                                       const uint8_t *_Nonnull name, uint32_t length) {
    uint32_t found = 0, mark = csj_name_mark(name, length);
    for (uint32_t at = object + 1; at < nodes[object].after; at = nodes[at + 1].after) {
        if (nodes[at].after == UINT32_MAX) return UINT32_MAX;
        if (nodes[at].after != mark || nodes[at].end - nodes[at].start != length) continue;
        if (memcmp(bytes + nodes[at].start, name, length) == 0) found = at + 1;
    }
    return found;
}

#ifdef __cplusplus
}
#endif
