# What people and the continuous integration call. `make run` and `make test` need nothing done before.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
.PHONY: run test build lint bench clean

run: build
	.build/release/farthing serve

# The release binary carries the Swift runtime and its data: it runs alone in an empty folder.
build:
	@Scripts/bootstrap
	swift build -c release --static-swift-stdlib --product farthing

# One test after the other: those that block on a real socket would hold the few threads that others wait for.
# A test target exists by its folder, which the manifest looks at: a remembered manifest would miss a new one.
test: lint
	@Scripts/python-environment
	@Scripts/bootstrap --schema-suite
	swift build --manifest-cache none --build-tests --explicit-target-dependency-import-check error
	cd Tests/EndToEnd && ../../.deps/python/bin/python -m unittest discover --verbose
	swift test --manifest-cache none --skip-build --disable-xctest --no-parallel 2>&1 | awk "$$repeat_failures"

# Leaves out what only says that a test began, and says once more ahead of the runner's closing line what failed.
define repeat_failures
/^◇ | Test case passing / { next }
/^[^ ]+ Test run with / { printf "%s", failures }
/^✘ / || (/^↳ / && failures) { failures = failures $$0 "\n" }
{ print; fflush() }
endef
export repeat_failures

lint:
	@Scripts/bootstrap
	@Scripts/lint

bench: build
	Benchmarks/overhead.py
	Benchmarks/memory.py

clean:
	rm -rf .build
