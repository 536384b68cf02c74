#include "features/attachments/containers.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace minhu::attachments {

namespace {

std::string_view text_at(BytesView bytes, std::size_t at, std::size_t size) {
  if (at > bytes.size() || bytes.size() - at < size) return {};
  return {reinterpret_cast<const char*>(bytes.data()) + at, size};
}

std::uint64_t big_endian(BytesView bytes) {
  std::uint64_t value = 0;
  for (const std::uint8_t byte : bytes) value = value << 8U | byte;
  return value;
}

// What is in a film, or is not.
struct Tracks {
  int sound = 0;
  int other = 0;
  bool only_sound() const { return sound > 0 && other == 0; }
};

// --- ISO base media -----------------------------------------------------------------------------

struct Box {
  std::string_view type;
  BytesView body;
  BytesView rest;  // behind it
};

// The box at the front; one that is longer than what there is ends where the bytes end (a file that
// was cut off still says what it is).
std::optional<Box> first_box(BytesView bytes) {
  if (bytes.size() < 8) return std::nullopt;
  std::uint64_t size = big_endian(bytes.first(4));
  std::size_t header = 8;
  if (size == 1) {
    if (bytes.size() < 16) return std::nullopt;
    size = big_endian(bytes.subspan(8, 8));
    header = 16;
  }
  if (size == 0 || size > bytes.size()) size = bytes.size();
  if (size < header) return std::nullopt;
  return Box{text_at(bytes, 4, 4), bytes.subspan(header, size - header), bytes.subspan(size)};
}

std::optional<BytesView> find_box(BytesView bytes, std::string_view type) {
  while (const auto box = first_box(bytes)) {
    if (box->type == type) return box->body;
    bytes = box->rest;
  }
  return std::nullopt;
}

// Of one "trak": four letters at a fixed place of its handler box.
std::string_view handler_of(BytesView track) {
  const auto media = find_box(track, "mdia");
  const auto handler = media ? find_box(*media, "hdlr") : std::nullopt;
  return handler ? text_at(*handler, 8, 4) : std::string_view();
}

// --- EBML ---------------------------------------------------------------------------------------

struct Element {
  std::uint64_t id = 0;
  BytesView body;
  BytesView rest;
};

// A number whose length stands in its leading zero bits. `keep_marker` as ids are written.
std::optional<std::uint64_t> take_number(BytesView& bytes, bool keep_marker, bool& unknown) {
  if (bytes.empty() || bytes[0] == 0) return std::nullopt;
  std::size_t length = 1;
  while ((bytes[0] & (0x80U >> (length - 1))) == 0) ++length;
  if (bytes.size() < length) return std::nullopt;
  std::uint64_t value = big_endian(bytes.first(length));
  const std::uint64_t marker = std::uint64_t{1} << (7 * length);
  unknown = (value & (marker - 1)) == marker - 1;
  if (!keep_marker) value &= marker - 1;
  bytes = bytes.subspan(length);
  return value;
}

std::optional<Element> first_element(BytesView bytes) {
  bool unknown = false;
  const auto id = take_number(bytes, true, unknown);
  if (!id) return std::nullopt;
  auto size = take_number(bytes, false, unknown);
  if (!size) return std::nullopt;
  // A recording that was streamed does not know its own length: it lasts as long as the bytes do.
  if (unknown || *size > bytes.size()) size = bytes.size();
  return Element{*id, bytes.first(*size), bytes.subspan(*size)};
}

std::optional<BytesView> find_element(BytesView bytes, std::uint64_t id) {
  while (const auto element = first_element(bytes)) {
    if (element->id == id) return element->body;
    bytes = element->rest;
  }
  return std::nullopt;
}

namespace ebml {
constexpr std::uint64_t header = 0x1A45DFA3;
constexpr std::uint64_t doc_type = 0x4282;
constexpr std::uint64_t segment = 0x18538067;
constexpr std::uint64_t tracks = 0x1654AE6B;
constexpr std::uint64_t track_entry = 0xAE;
constexpr std::uint64_t track_type = 0x83;
constexpr std::uint64_t sound = 2;
}  // namespace ebml

// --- MPEG frames --------------------------------------------------------------------------------

// Bytes of the layer III frame whose header stands at the front, or 0.
std::size_t mp3_frame(BytesView bytes) {
  if (bytes.size() < 4 || bytes[0] != 0xFF || (bytes[1] & 0xE0U) != 0xE0U) return 0;
  const unsigned version = (bytes[1] >> 3U) & 3U;  // 3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5
  const unsigned layer = (bytes[1] >> 1U) & 3U;    // 1: layer III
  const unsigned rate = bytes[2] >> 4U;
  const unsigned frequency = (bytes[2] >> 2U) & 3U;
  if (version == 1 || layer != 1 || rate == 0 || rate == 15 || frequency == 3) return 0;
  constexpr std::array<unsigned, 15> mpeg1{0,   32,  40,  48,  56,  64,  80, 96,
                                           112, 128, 160, 192, 224, 256, 320};
  constexpr std::array<unsigned, 15> mpeg2{0,  8,  16, 24,  32,  40,  48, 56,
                                           64, 80, 96, 112, 128, 144, 160};
  constexpr std::array<unsigned, 3> hertz{44'100, 48'000, 32'000};
  const unsigned bits = (version == 3 ? mpeg1 : mpeg2)[rate] * 1000;
  const unsigned per_second = hertz[frequency] / (version == 3 ? 1U : version == 2 ? 2U : 4U);
  const unsigned padding = (bytes[2] >> 1U) & 1U;
  return (version == 3 ? 144U : 72U) * bits / per_second + padding;
}

std::size_t adts_frame(BytesView bytes) {
  if (bytes.size() < 7 || bytes[0] != 0xFF || (bytes[1] & 0xF6U) != 0xF0U) return 0;
  if (((bytes[2] >> 2U) & 15U) > 12) return 0;  // sampling frequencies that do not exist
  const std::size_t length = (std::size_t{bytes[3] & 3U} << 11U) | (std::size_t{bytes[4]} << 3U) |
                             (std::size_t{bytes[5]} >> 5U);
  return length < 7 ? 0 : length;
}

// A frame, and another where it ends: two bytes alone are too easily met by chance.
template <class Frame>
bool two_frames(BytesView file, Frame frame) {
  const std::size_t length = frame(file);
  return length > 0 && length < file.size() && frame(file.subspan(length)) > 0;
}

}  // namespace

bool is_heic(BytesView file) {
  const auto start = first_box(file);
  if (!start || start->type != "ftyp") return false;
  const auto hevc = [](std::string_view brand) {
    return brand == "heic" || brand == "heix" || brand == "heim" || brand == "heis";
  };
  const std::string_view major = text_at(start->body, 0, 4);
  if (hevc(major)) return true;
  if (major != "mif1" && major != "msf1") return false;
  for (std::size_t at = 8; at + 4 <= start->body.size(); at += 4) {
    if (hevc(text_at(start->body, at, 4))) return true;
  }
  return false;
}

bool is_mp4_sound(BytesView file) {
  const auto start = first_box(file);
  if (!start || start->type != "ftyp") return false;
  const auto film = find_box(start->rest, "moov");
  if (!film) return false;
  Tracks tracks;
  for (auto box = first_box(*film); box; box = first_box(box->rest)) {
    if (box->type == "trak") ++(handler_of(box->body) == "soun" ? tracks.sound : tracks.other);
  }
  return tracks.only_sound();
}

bool is_webm_sound(BytesView file) {
  const auto start = first_element(file);
  if (!start || start->id != ebml::header) return false;
  const auto type = find_element(start->body, ebml::doc_type);
  if (!type || text_at(*type, 0, type->size()) != "webm") return false;
  const auto segment = find_element(start->rest, ebml::segment);
  const auto entries = segment ? find_element(*segment, ebml::tracks) : std::nullopt;
  if (!entries) return false;
  Tracks tracks;
  for (auto entry = first_element(*entries); entry; entry = first_element(entry->rest)) {
    if (entry->id != ebml::track_entry) continue;
    const auto kind = find_element(entry->body, ebml::track_type);
    const bool sound = kind && kind->size() <= 8 && big_endian(*kind) == ebml::sound;
    ++(sound ? tracks.sound : tracks.other);
  }
  return tracks.only_sound();
}

bool is_ogg_sound(BytesView file) {
  constexpr std::array<std::string_view, 4> codecs{"OpusHead", "\x01vorbis", "Speex   ",
                                                   "\x7F"
                                                   "FLAC"};
  Tracks tracks;
  // Each stream begins on a page of its own, all of them before anything else.
  while (text_at(file, 0, 4) == "OggS" && file.size() >= 27) {
    const bool begins = (file[5] & 2U) != 0;
    const std::size_t segments = file[26];
    if (!begins || file.size() < 27 + segments) break;
    std::size_t size = 27 + segments;
    for (std::size_t i = 0; i < segments; ++i) size += file[27 + i];
    bool sound = false;
    for (const auto codec : codecs) {
      sound = sound || text_at(file, 27 + segments, codec.size()) == codec;
    }
    ++(sound ? tracks.sound : tracks.other);
    if (size > file.size()) break;
    file = file.subspan(size);
  }
  return tracks.only_sound();
}

bool is_mp3(BytesView file) {
  if (text_at(file, 0, 3) == "ID3" && file.size() >= 10) {
    const bool syncsafe = ((file[6] | file[7] | file[8] | file[9]) & 0x80U) == 0;
    return file[3] >= 2 && file[3] <= 4 && file[4] != 0xFF && syncsafe;
  }
  return two_frames(file, mp3_frame);
}

bool is_adts_aac(BytesView file) {
  return two_frames(file, adts_frame);
}

}  // namespace minhu::attachments
