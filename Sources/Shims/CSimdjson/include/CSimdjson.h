#pragma once
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

enum { CSJ_NULL, CSJ_BOOL, CSJ_NUMBER, CSJ_STRING, CSJ_ESCAPED_STRING, CSJ_ARRAY, CSJ_OBJECT };

/// One value, or one member name, of a parsed document in document order. Offsets are bytes into the source;
/// for strings they leave out the quotes. `after` is the index of the first node behind this one's subtree.
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

#ifdef __cplusplus
}
#endif
