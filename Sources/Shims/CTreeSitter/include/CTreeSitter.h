#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <tree_sitter/api.h>

const TSLanguage *_Nonnull tree_sitter_bash(void);
const TSLanguage *_Nonnull tree_sitter_c(void);
const TSLanguage *_Nonnull tree_sitter_cpp(void);
const TSLanguage *_Nonnull tree_sitter_css(void);
const TSLanguage *_Nonnull tree_sitter_go(void);
const TSLanguage *_Nonnull tree_sitter_html(void);
const TSLanguage *_Nonnull tree_sitter_java(void);
const TSLanguage *_Nonnull tree_sitter_javascript(void);
const TSLanguage *_Nonnull tree_sitter_json(void);
const TSLanguage *_Nonnull tree_sitter_php(void);
const TSLanguage *_Nonnull tree_sitter_python(void);
const TSLanguage *_Nonnull tree_sitter_ruby(void);
const TSLanguage *_Nonnull tree_sitter_rust(void);
const TSLanguage *_Nonnull tree_sitter_swift(void);
const TSLanguage *_Nonnull tree_sitter_tsx(void);
const TSLanguage *_Nonnull tree_sitter_typescript(void);

/// A node that has a name in its grammar, or tells of a fault. Offsets are bytes into the source; `after` is the index of
/// the first node behind this one's descendants, `parent` that of the node around it, the root's its own.
typedef struct cts_node {
    uint32_t start;
    uint32_t end;
    uint32_t row;
    uint32_t column;
    uint32_t parent;
    uint32_t after;
    uint16_t kind;
    uint16_t field;
    bool unexpected;
    bool missing;
} cts_node;

/// Parses a text; NULL if that took more than so many nanoseconds of the processor, or if there is no memory. Freed by
/// `ts_tree_delete`.
///
/// The first text of a language whose tables are packed waits for them to be unpacked, which does not count.
TSTree *_Nullable cts_parse(const TSLanguage *_Nonnull, const uint8_t *_Nonnull bytes, uint32_t length,
                            uint64_t nanoseconds);

/// How many nodes `cts_nodes` may write.
uint32_t cts_most_nodes(const TSTree *_Nonnull);

/// Writes the nodes in the order in which they begin, parents first, and returns how many they are.
uint32_t cts_nodes(const TSTree *_Nonnull, cts_node *_Nonnull nodes);
