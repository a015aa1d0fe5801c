#pragma once
#include <sqlite3.h>
#include <stdbool.h>

/// Lets SQLite count no memory, for which it would take a lock at each allocation; false once anything of it was used.
static inline bool csqlite_omit_memory_statistics(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK; }

/// Binds a text, which SQLite copies or which stays where it is until the next one is bound; no pointer is the empty text.
static inline int csqlite_bind_text(sqlite3_stmt *_Nonnull s, int i, const unsigned char *_Nullable p, int n, bool copies) {
    return sqlite3_bind_text(s, i, p ? (const char *)p : "", n, copies ? SQLITE_TRANSIENT : SQLITE_STATIC);
}

/// Binds bytes in the same way; no pointer is no bytes, not NULL.
static inline int csqlite_bind_blob(sqlite3_stmt *_Nonnull s, int i, const unsigned char *_Nullable p, int n, bool copies) {
    return sqlite3_bind_blob(s, i, p ? (const void *)p : "", n, copies ? SQLITE_TRANSIENT : SQLITE_STATIC);
}

/// Gives a copy of bytes as the result of a function.
static inline void csqlite_result_blob(sqlite3_context *_Nullable c, const unsigned char *_Nonnull p, int n) {
    sqlite3_result_blob(c, p, n, SQLITE_TRANSIENT);
}
