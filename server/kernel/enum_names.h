// The stable names of an enum, as rows hold them and the API shows them: one table, in the order of
// the values. A table with a name too few, too many, empty or said twice does not compile.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "kernel/assert.h"

namespace minhu {

template <class Enum, std::size_t count>
struct EnumNames {
  std::array<std::string_view, count> all;

  // `last` is the last value of the enum, which counts from 0 without gaps.
  constexpr bool complete(Enum last) const noexcept {
    if (static_cast<std::size_t>(last) + 1 != count) return false;
    for (std::size_t i = 0; i < count; ++i) {
      if (all[i].empty()) return false;
      for (std::size_t j = 0; j < i; ++j) {
        if (all[i] == all[j]) return false;
      }
    }
    return true;
  }
  constexpr std::string_view name(Enum value) const noexcept {
    const auto index = static_cast<std::size_t>(value);
    MINHU_ASSERT(index < count);
    return all[index];
  }
  constexpr std::optional<Enum> named(std::string_view text) const noexcept {
    for (std::size_t i = 0; i < count; ++i) {
      if (all[i] == text) return static_cast<Enum>(i);
    }
    return std::nullopt;
  }
};

template <class Enum, std::size_t count>
constexpr EnumNames<Enum, count> enum_names(const std::string_view (&names)[count]) noexcept {
  return {std::to_array(names)};
}

}  // namespace minhu

// Defines `std::string_view name(Enum) noexcept` from the names that follow; in a source file, in
// the namespace that declares it. The table itself is `Enum_names`.
#define MINHU_ENUM_NAMES(Enum, last, ...)                                                 \
  static constexpr auto Enum##_names = ::minhu::enum_names<Enum>({__VA_ARGS__});          \
  static_assert(Enum##_names.complete(Enum::last), "each value has one name of its own"); \
  std::string_view name(Enum value) noexcept {                                            \
    return Enum##_names.name(value);                                                      \
  }

// The same, and `named<Enum>` with it, where a header declares
// `template <class Enum> std::optional<Enum> named(std::string_view) noexcept;` and the source
// defines it, above, as `names_of(Enum{}).named(text)`.
#define MINHU_ENUM_NAMES_BOTH_WAYS(Enum, last, ...)      \
  MINHU_ENUM_NAMES(Enum, last, __VA_ARGS__)              \
  static constexpr const auto& names_of(Enum) noexcept { \
    return Enum##_names;                                 \
  }                                                      \
  template std::optional<Enum> named<Enum>(std::string_view) noexcept;
