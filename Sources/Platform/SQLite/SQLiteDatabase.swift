internal import EventLoops

/// A connection on a thread of its own: calls wait in line there and block nobody else.
package actor SQLiteDatabase {
    private nonisolated let executor: BlockingExecutor
    private var connection: SQLiteConnection

    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// Takes over an open connection.
    package init(_ connection: consuming sending SQLiteConnection) {
        executor = BlockingExecutor(name: "sqlite")
        self.connection = connection
    }

    deinit {
        executor.stop()
    }

    /// Lets `body` use the connection, and returns what it returns.
    package func use<R: Sendable>(
        _ body: @Sendable (inout SQLiteConnection) throws(SQLiteError) -> R
    ) throws(SQLiteError) -> R {
        try body(&connection)
    }
}
