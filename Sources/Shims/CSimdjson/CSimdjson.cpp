#include "CSimdjson.h"

#include <cstring>
#include <new>
#include <simdjson.h>
#include <vector>

// simdjson's DOM parser validates the whole document and picks its kernel at run time; its first stage leaves behind
// where every token begins. Walking those positions once gives each value its byte range, which the DOM does not keep.
struct csj_parser {
    simdjson::dom::parser dom;
    std::vector<uint8_t> padded;
    std::vector<csj_node> nodes;
    std::vector<uint32_t> open;
};

csj_parser *csj_parser_new(void) { return new csj_parser(); }
void csj_parser_free(csj_parser *p) { delete p; }

const char *csj_error_message(int code) {
    return simdjson::error_message(static_cast<simdjson::error_code>(code));
}

static uint32_t end_of_scalar(const uint8_t *bytes, uint32_t start, uint32_t limit) {
    uint32_t end = limit;
    while (end > start + 1) {
        uint8_t c = bytes[end - 1];
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t') break;
        end--;
    }
    return end;
}

int csj_parse(csj_parser *p, const uint8_t *bytes, size_t length, const csj_node **nodes, size_t *count,
              size_t *error_offset) {
    *nodes = nullptr;
    *count = 0;
    *error_offset = 0;
    if (length >= UINT32_MAX - simdjson::SIMDJSON_PADDING) return simdjson::CAPACITY;
    p->padded.resize(length + simdjson::SIMDJSON_PADDING);
    if (length > 0) std::memcpy(p->padded.data(), bytes, length);
    std::memset(p->padded.data() + length, 0, simdjson::SIMDJSON_PADDING);
    const uint8_t *source = p->padded.data();

    auto parsed = p->dom.parse(source, length, false);
    auto &implementation = *p->dom.implementation;
    uint32_t tokens = implementation.n_structural_indexes;
    if (parsed.error()) {
        uint32_t next = implementation.next_structural_index;
        if (tokens > 0) *error_offset = implementation.structural_indexes[next < tokens ? next : tokens - 1];
        return parsed.error();
    }

    p->open.clear();
    // A value of so many tokens has at most half as many nodes, rounded up: commas, colons and closing brackets are none.
    if (p->nodes.size() < tokens / 2 + 1) p->nodes.resize(tokens / 2 + 1);
    csj_node *next = p->nodes.data();
    const uint32_t *at = implementation.structural_indexes.get();
    for (uint32_t i = 0; i < tokens; i++) {
        uint32_t start = at[i];
        uint32_t limit = i + 1 < tokens ? at[i + 1] : static_cast<uint32_t>(length);
        uint32_t index = static_cast<uint32_t>(next - p->nodes.data());
        switch (source[start]) {
        case '{':
        case '[':
            p->open.push_back(index);
            *next++ = {start, 0, 0, uint32_t(source[start] == '{' ? CSJ_OBJECT : CSJ_ARRAY)};
            break;
        case '}':
        case ']':
            p->nodes[p->open.back()].end = start + 1;
            p->nodes[p->open.back()].after = index;
            p->open.pop_back();
            break;
        case ',':
            break;
        case ':': {
            csj_node &name = next[-1];
            name.after = name.kind == CSJ_ESCAPED_STRING ? UINT32_MAX : csj_name_mark(source + name.start, name.end - name.start);
            break;
        }
        case '"': {
            uint32_t end = end_of_scalar(source, start, limit) - 1;
            bool escaped = std::memchr(source + start + 1, '\\', end - start - 1) != nullptr;
            *next++ = {start + 1, end, index + 1, uint32_t(escaped ? CSJ_ESCAPED_STRING : CSJ_STRING)};
            break;
        }
        default: {
            uint32_t end = end_of_scalar(source, start, limit);
            uint32_t kind = source[start] == 'n'   ? CSJ_NULL
                            : source[start] == 't' ? CSJ_BOOL
                            : source[start] == 'f' ? CSJ_BOOL
                                                   : CSJ_NUMBER;
            *next++ = {start, end, index + 1, kind};
        }
        }
    }
    *nodes = p->nodes.data();
    *count = static_cast<size_t>(next - p->nodes.data());
    return 0;
}
