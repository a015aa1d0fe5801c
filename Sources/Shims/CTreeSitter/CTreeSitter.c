#include "include/CTreeSitter.h"

#include <time.h>

typedef struct source {
    const uint8_t *bytes;
    uint32_t length;
    uint64_t deadline;
} source;

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static bool is_over(const source *text) { return now() >= text->deadline; }

// A step of the parser may look ahead as far as the text goes, and some scanners do so at every step: therefore the text is
// given in pieces, and once the time is over it ends.
static const char *read_source(void *payload, uint32_t offset, TSPoint point, uint32_t *length) {
    enum { piece = 1024 };
    const source *text = payload;
    (void)point;
    *length = 0;
    if (offset >= text->length || is_over(text)) return "";
    uint32_t left = text->length - offset;
    *length = left < piece ? left : piece;
    return (const char *)text->bytes + offset;
}

static bool stop(TSParseState *state) { return is_over(state->payload); }

TSTree *cts_parse(const TSLanguage *language, const uint8_t *bytes, uint32_t length, uint64_t nanoseconds) {
    source text = {bytes, length, now() + nanoseconds};
    TSInput input = {.payload = &text, .read = read_source, .encoding = TSInputEncodingUTF8};
    TSParseOptions options = {.payload = &text, .progress_callback = stop};
    TSParser *parser = ts_parser_new();
    TSTree *tree = NULL;
    if (ts_parser_set_language(parser, language)) tree = ts_parser_parse_with_options(parser, NULL, input, options);
    ts_parser_delete(parser);
    if (tree == NULL || !is_over(&text)) return tree;
    // It may be the tree of a text that ended too soon.
    ts_tree_delete(tree);
    return NULL;
}

uint32_t cts_most_nodes(const TSTree *tree) { return ts_node_descendant_count(ts_tree_root_node(tree)); }

uint32_t cts_nodes(const TSTree *tree, cts_node *nodes) {
    TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree));
    uint32_t count = 0, around = 0;
    for (;;) {
        TSNode node = ts_tree_cursor_current_node(&cursor);
        bool unexpected = ts_node_is_error(node), missing = ts_node_is_missing(node);
        bool is_kept = ts_node_is_named(node) || unexpected || missing;
        if (is_kept) {
            TSPoint place = ts_node_start_point(node);
            nodes[count] = (cts_node){
                .start = ts_node_start_byte(node),
                .end = ts_node_end_byte(node),
                .row = place.row,
                .column = place.column,
                .parent = around,
                .after = count + 1,
                .kind = ts_node_symbol(node),
                .field = ts_tree_cursor_current_field_id(&cursor),
                .unexpected = unexpected,
                .missing = missing,
            };
            // What has no name has no descendants that do.
            if (ts_tree_cursor_goto_first_child(&cursor)) {
                around = count++;
                continue;
            }
            count++;
        }
        while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
            if (!ts_tree_cursor_goto_parent(&cursor)) {
                ts_tree_cursor_delete(&cursor);
                return count;
            }
            nodes[around].after = count;
            around = nodes[around].parent;
        }
    }
}
