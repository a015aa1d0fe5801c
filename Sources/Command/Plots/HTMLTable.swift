/// A table of a page; the first cell of each row is its head.
struct HTMLTable {
    let caption: String
    let columns: [String]
    let rows: [[String]]

    var html: String {
        let head = columns.map { "<th scope=\"col\">\(SVG.escaped($0))</th>" }.joined()
        let body = rows.map { row in
            let cells = row.enumerated().map { place, cell in
                place == 0 ? "<th scope=\"row\">\(SVG.escaped(cell))</th>" : "<td>\(SVG.escaped(cell))</td>"
            }
            return "<tr>\(cells.joined())</tr>"
        }
        return """
            <div class="scroll"><table><caption>\(SVG.escaped(caption))</caption>
            <thead><tr>\(head)</tr></thead><tbody>
            \(body.joined(separator: "\n"))
            </tbody></table></div>
            """
    }
}
