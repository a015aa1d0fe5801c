/// One number read off a prompt's surface; the raw value is its place in ``PromptFeatures/surface``.
///
/// Counts of words are per ten words, logarithms are natural, shares lie in 0...1. What a signal means may never change
/// without training again whatever reads it.
package enum SurfaceSignal: Int, CaseIterable, Sendable {
    case logCharacters, logWords, logLines, digitShare, logNumbers, logLargestNumber, decimals
    case latexMarks, codeMarks, brackets, nonASCIIShare, questionMarks, options, optionLength, labelledBlocks
    case startsWithQuestionWord, questionWords, howMany, why
    case writeVerbs, computeVerbs, translateVerbs, summariseVerbs, rewriteVerbs, classifyVerbs, extractVerbs
    case codeWords, creativeWords, logicWords, chatWords, supportWords
    case negations, conditions, units, jsonWords, firstPerson, languageNames
    case sentenceLength, typeTokenRatio, capitalShare, stopWordShare, lastParagraphShare
    case logToolBytes, turns, images, codeFences
}
