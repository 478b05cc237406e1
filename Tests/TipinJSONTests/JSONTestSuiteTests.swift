import Testing
import TipinTestSupport

@testable import TipinJSON

/// The JSON parsing test suite of Nicolas Seriot: `y_` must be read, `n_` refused, `i_` is up to the parser.
@Suite(.enabled(if: Corpus.isHere, "\(Corpus.reason)"))
struct JSONTestSuiteTests {
    private static let folder = "JSONTestSuite"

    @Test func `every valid file is read`() throws {
        let names = Corpus.names(in: Self.folder, prefix: "y_")
        #expect(names.count == 95)
        for name in names {
            let bytes = try Corpus.read(Self.folder + "/" + name)
            #expect(throws: Never.self, "\(name)") { try TokenList.tokens(of: bytes) }
        }
    }

    @Test func `every invalid file is refused at a place inside it`() throws {
        let names = Corpus.names(in: Self.folder, prefix: "n_")
        #expect(names.count == 188)
        for name in names {
            let bytes = try Corpus.read(Self.folder + "/" + name)
            let error = #expect(throws: JSONError.self, "\(name)") { try TokenList.tokens(of: bytes) }
            if let error { #expect((0...bytes.count).contains(error.offset), "\(name)") }
        }
    }

    @Test func `what is left to the parser is done as the table says`() throws {
        let names = Corpus.names(in: Self.folder, prefix: "i_")
        #expect(Set(names) == Set(Self.choices.keys))
        for name in names {
            let bytes = try Corpus.read(Self.folder + "/" + name)
            #expect(outcome(bytes) == Self.choices[name], "\(name)")
        }
    }

    private func outcome(_ bytes: [UInt8]) -> Choice {
        do {
            _ = try TokenList.tokens(of: bytes)
            return .read
        } catch let error as JSONError {
            if case .syntax = error.reason { return .syntax }
            return error.reason == .invalidUTF8 ? .invalidUTF8(at: error.offset) : .other
        } catch {
            return .other
        }
    }

    private enum Choice: Equatable {
        case read, syntax, other
        case invalidUTF8(at: Int)
    }

    /// Numbers of any size and lone surrogates are read, because they are only carried; what is not UTF-8 is not.
    private static let choices: [String: Choice] = [
        "i_number_double_huge_neg_exp.json": .read,
        "i_number_huge_exp.json": .read,
        "i_number_neg_int_huge_exp.json": .read,
        "i_number_pos_double_huge_exp.json": .read,
        "i_number_real_neg_overflow.json": .read,
        "i_number_real_pos_overflow.json": .read,
        "i_number_real_underflow.json": .read,
        "i_number_too_big_neg_int.json": .read,
        "i_number_too_big_pos_int.json": .read,
        "i_number_very_big_negative_int.json": .read,
        "i_object_key_lone_2nd_surrogate.json": .read,
        "i_string_1st_surrogate_but_2nd_missing.json": .read,
        "i_string_1st_valid_surrogate_2nd_invalid.json": .read,
        "i_string_incomplete_surrogate_and_escape_valid.json": .read,
        "i_string_incomplete_surrogate_pair.json": .read,
        "i_string_incomplete_surrogates_escape_valid.json": .read,
        "i_string_invalid_lonely_surrogate.json": .read,
        "i_string_invalid_surrogate.json": .read,
        "i_string_inverted_surrogates_U+1D11E.json": .read,
        "i_string_lone_second_surrogate.json": .read,
        "i_structure_500_nested_arrays.json": .read,
        "i_structure_UTF-8_BOM_empty_object.json": .read,
        "i_string_UTF-16LE_with_BOM.json": .invalidUTF8(at: 0),
        "i_string_UTF-8_invalid_sequence.json": .invalidUTF8(at: 7),
        "i_string_UTF8_surrogate_U+D800.json": .invalidUTF8(at: 2),
        "i_string_invalid_utf-8.json": .invalidUTF8(at: 2),
        "i_string_iso_latin_1.json": .invalidUTF8(at: 2),
        "i_string_lone_utf8_continuation_byte.json": .invalidUTF8(at: 2),
        "i_string_not_in_unicode_range.json": .invalidUTF8(at: 2),
        "i_string_overlong_sequence_2_bytes.json": .invalidUTF8(at: 2),
        "i_string_overlong_sequence_6_bytes.json": .invalidUTF8(at: 2),
        "i_string_overlong_sequence_6_bytes_null.json": .invalidUTF8(at: 2),
        "i_string_truncated-utf-8.json": .invalidUTF8(at: 2),
        "i_string_utf16BE_no_BOM.json": .invalidUTF8(at: 5),
        "i_string_utf16LE_no_BOM.json": .invalidUTF8(at: 4),
    ]
}
