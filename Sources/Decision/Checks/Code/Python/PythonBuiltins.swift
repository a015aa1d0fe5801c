extension PythonNames {
    /// The names that Python 3.13 defines everywhere, and those of Python 2 that old code is full of.
    static let builtins = Set(
        """
        ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError \
        BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError \
        ConnectionResetError DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception \
        ExceptionGroup False FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError \
        ImportError ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError \
        KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError None NotADirectoryError NotImplemented \
        NotImplementedError OSError OverflowError PendingDeprecationWarning PermissionError ProcessLookupError \
        PythonFinalizationError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration \
        SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError True TypeError UnboundLocalError \
        UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError \
        Warning WindowsError ZeroDivisionError abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr \
        classmethod compile complex copyright credits delattr dict dir display divmod enumerate eval exec exit filter \
        float format frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter len \
        license list locals map max memoryview min next object oct open ord pow print property quit range repr \
        reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip reveal_type \
        basestring cmp long raw_input reduce unichr unicode xrange file exit _
        """.split(separator: " ").map(String.init))
}
