// Links the files of Assets/ into the binary's read-only data: mapped from the file, so a page costs memory only once read.
// To add an asset: one line at the bottom of this file (and its name in the check below, which makes the file a
// dependency of this one, so that a changed asset is built in again), one in CAssets.h, one in Asset.swift.

#if !(__has_include("wordpiece-vocabulary.txt") && __has_include("wordpiece-normalisation.bin") \
    && __has_include("token-embedding.bin") && __has_include("task-heads.bin"))
#error "A file of Assets/ is missing: the list is at the bottom of CAssets.S"
#endif
#if !(__has_include("cl100k.bpe") && __has_include("o200k.bpe"))
#error "A file of Assets/ is missing: the list is at the bottom of CAssets.S"
#endif
#if !(__has_include("catalog.tsv") && __has_include("grades.tsv") && __has_include("priors.tsv"))
#error "A file of Assets/ is missing: the list is at the bottom of CAssets.S"
#endif

.macro asset name, file
    .balign 64
    .globl cassets_\name
    .globl cassets_\name\()_end
cassets_\name:
    .incbin "\file"
cassets_\name\()_end:
    .byte 0
.endm

.section .rodata
asset wordpiece_vocabulary, "wordpiece-vocabulary.txt"
asset wordpiece_normalisation, "wordpiece-normalisation.bin"
asset token_embedding, "token-embedding.bin"
asset task_heads, "task-heads.bin"
asset cl100k, "cl100k.bpe"
asset o200k, "o200k.bpe"
asset catalog, "catalog.tsv"
asset grades, "grades.tsv"
asset priors, "priors.tsv"

.section .note.GNU-stack, "", %progbits
