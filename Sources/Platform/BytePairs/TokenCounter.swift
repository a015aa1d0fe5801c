package import EventLoops

/// Counts tokens exactly, off the event loops: the tables load with the first count and long texts take milliseconds.
package actor TokenCounter {
    private nonisolated let executor: BlockingExecutor

    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    package init(executor: BlockingExecutor) {
        self.executor = executor
    }

    /// The number of tokens of each text, in order, by the encoding of that model.
    package func count(_ texts: [String], model: String) -> [Int] {
        let encoding = TokenEncoding.forModel(model).encoding
        return texts.map { encoding.count($0) }
    }
}
