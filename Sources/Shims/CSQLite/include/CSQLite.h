#pragma once
#include <sqlite3.h>

/// Binds a text that stays where it is until the next one is bound.
static inline int csqlite_bind_text(sqlite3_stmt *_Nonnull s, int i, const unsigned char *_Nonnull p, int n) {
    return sqlite3_bind_text(s, i, (const char *)p, n, SQLITE_STATIC);
}

/// Binds bytes that stay where they are until the next ones are bound.
static inline int csqlite_bind_blob(sqlite3_stmt *_Nonnull s, int i, const unsigned char *_Nonnull p, int n) {
    return sqlite3_bind_blob(s, i, p, n, SQLITE_STATIC);
}

/// Gives a copy of bytes as the result of a function.
static inline void csqlite_result_blob(sqlite3_context *_Nullable c, const unsigned char *_Nonnull p, int n) {
    sqlite3_result_blob(c, p, n, SQLITE_TRANSIENT);
}
