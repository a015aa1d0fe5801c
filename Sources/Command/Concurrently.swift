/// What is made of each number below a count: as many at once as there are cores, given in the order of the numbers.
func concurrently<Value: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> Value) async -> [Value] {
    let numbered = await withTaskGroup { group in
        for number in 0..<count { group.addTask { (number, body(number)) } }
        return await group.reduce(into: [(number: Int, value: Value)]()) { $0.append($1) }
    }
    return numbered.sorted { $0.number < $1.number }.map(\.value)
}
