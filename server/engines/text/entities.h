// What a petition speaks of by name or number: places, roads, estates, units, dates, amounts, and
// what must be masked before anybody is shown a piece of somebody's text.
//
// Found by the endings and beginnings of Chinese names (…街道, …小区, …局, 省道S…) over the tokens,
// not by a trained model: every find can be explained, and none depends on whose texts were read.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.h"

namespace minhu::text {

enum class Field : std::uint8_t { title, detail };

enum class EntityKind : std::uint8_t {
  place,      // A市, A3区, K8县, 星沙街道, 石期市镇, 柳溪村, 三组
  road,       // 人民中路, S209省道, 京港澳高速
  estate,     // 在水一方大厦, 阳光花园小区, 3期 only together with its name
  school,     // 月湖中学, 第二幼儿园
  hospital,   // 人民医院, 卫生院
  firm,       // …有限公司, …集团, …物业, …超市
  unit,       // …局, …委员会, …街道办, …派出所, …村委会
  date,       // 2019年3月5日, 3月5号, 2019-03-05
  amount,     // 3万元, 2,500块
  phone,      // mobile and fixed, also QQ and WeChat numbers and e-mail addresses
  id_number,  // identity card, bank card, and other long numbers
  plate,      // 湘A12345
  door,       // 3栋2单元501室: as good as a name
  person,     // as far as needed to mask: 王某, 李女士, 张三 after 我叫
};

struct Entity {
  EntityKind kind = EntityKind::place;
  Field field = Field::detail;
  std::uint32_t begin = 0;  // bytes of the field's own text, as it was given
  std::uint32_t end = 0;
  std::uint32_t normal_begin = 0;  // bytes of Read::normal
  std::uint32_t normal_end = 0;
  // The same name has the same key, wherever it stands; the same as Token::word of that text.
  std::uint64_t key = 0;
  // Date: yyyymmdd, with 00 for what is not said (3月5日 = 305). Amount: yuan, rounded. Else 0.
  std::int64_t value = 0;
};

// True for what may not be shown: phone, id_number, plate, door, person.
bool is_masked(EntityKind kind);

// The piece [begin, end) of one field's text as it may be shown to somebody else: phones, numbers,
// plates, doors and names are replaced by 〔电话〕, 〔证件号〕, 〔车牌〕, 〔门牌〕, 〔姓名〕.
// `text` is the field as it was read, `entities` all that reading found in both fields
// (Read::entities); an entity that the piece cuts is masked whole. Begin and end are moved inwards
// to whole characters.
std::string masked(std::string_view text, Field field, std::span<const Entity> entities,
                   std::size_t begin = 0, std::size_t end = std::string_view::npos);

class Lexicon;
// The same for a text that has not been read yet: reads it as a detail. Faults as read().
Result<std::string> masked(const Lexicon& lexicon, std::string_view text);

}  // namespace minhu::text
