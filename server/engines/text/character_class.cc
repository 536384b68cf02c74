#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "engines/text/packed_words.h"

namespace minhu::text {

CharacterClass class_by_unicode(char32_t point) {
  if (point == U'\n' || point == U'\u2028' || point == U'\u2029') return CharacterClass::line_end;
  const auto character = static_cast<UChar32>(point);
  if (u_isUWhiteSpace(character) || u_charType(character) == U_CONTROL_CHAR)
    return CharacterClass::blank;
  if (u_isdigit(character)) return CharacterClass::digit;
  UErrorCode error = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(character, &error);
  if (U_SUCCESS(error) && script == USCRIPT_HAN && u_isalpha(character)) return CharacterClass::han;
  // Marks that combine belong to the letter before them.
  if (u_isalpha(character) || (U_GET_GC_MASK(character) & U_GC_M_MASK) != 0) {
    return CharacterClass::letter;
  }
  return CharacterClass::mark;
}

}  // namespace minhu::text
