#include "include/CTreeSitter.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>
#include <tree_sitter/packed.h>
#include <zlib.h>

enum { most_packed = 32 };
static atomic_bool is_ready[most_packed];
static pthread_mutex_t unpacking = PTHREAD_MUTEX_INITIALIZER;

// Where each table of a language has its room, which is zero until it is filled.
static bool unpack(const ts_packed *packed, const TSLanguage *language) {
    const void *places[] = {language->parse_table, language->small_parse_table, language->small_parse_table_map,
                            language->parse_actions};
    // 16 more bits of the window say that it is gzip.
    z_stream stream = {.next_in = (unsigned char *)packed->start, .avail_in = (unsigned)(packed->end - packed->start)};
    if (inflateInit2(&stream, MAX_WBITS + 16) != Z_OK) return false;
    bool is_whole = true;
    for (int table = 0; table < 4 && is_whole; table++) {
        stream.next_out = (unsigned char *)places[table];
        stream.avail_out = packed->lengths[table];
        while (stream.avail_out > 0 && is_whole) {
            int code = inflate(&stream, Z_NO_FLUSH);
            is_whole = code == Z_OK || (code == Z_STREAM_END && stream.avail_out == 0);
        }
    }
    inflateEnd(&stream);
    return is_whole;
}

// Makes a language's tables ready on its first use; false if there is no memory for it.
static bool make_ready(const TSLanguage *language) {
    int index = 0;
    while (ts_packed_grammars[index].language && ts_packed_grammars[index].language() != language) index++;
    const ts_packed *packed = &ts_packed_grammars[index];
    if (packed->language == NULL || index >= most_packed) return packed->language == NULL;
    if (atomic_load_explicit(&is_ready[index], memory_order_acquire)) return true;
    pthread_mutex_lock(&unpacking);
    bool is_done = atomic_load_explicit(&is_ready[index], memory_order_relaxed) || unpack(packed, language);
    atomic_store_explicit(&is_ready[index], is_done, memory_order_release);
    pthread_mutex_unlock(&unpacking);
    return is_done;
}

typedef struct source {
    const uint8_t *bytes;
    uint32_t length;
    uint64_t earliest; // by the clock: before it the time cannot be over
    uint64_t deadline; // by what the thread has had of the processor
} source;

static uint64_t now(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static bool is_over(const source *text) {
    return now(CLOCK_MONOTONIC) >= text->earliest && now(CLOCK_THREAD_CPUTIME_ID) >= text->deadline;
}

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
    if (!make_ready(language)) return NULL;
    source text = {bytes, length, now(CLOCK_MONOTONIC) + nanoseconds, now(CLOCK_THREAD_CPUTIME_ID) + nanoseconds};
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
