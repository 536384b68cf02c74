#include "features/attachments/media_kind.h"

#include <gtest/gtest.h>

#include <string>

namespace minhu::attachments {
namespace {

// --- small writers of the containers ------------------------------------------------------------

std::string box(const std::string& type, const std::string& body) {
  const auto size = static_cast<std::uint32_t>(body.size() + 8);
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(size >> static_cast<unsigned>(shift)));
  }
  return out + type + body;
}
std::string track(const std::string& handler) {
  return box("trak",
             box("tkhd", std::string(84, '\0')) +
                 box("mdia", box("hdlr", std::string(8, '\0') + handler + std::string(13, '\0'))));
}
std::string mp4(const std::string& brand, const std::string& tracks) {
  return box("ftyp", brand + std::string(4, '\0') + brand) + box("free", "") +
         box("mdat", std::string(100, 'x')) + box("moov", box("mvhd", "") + tracks);
}

std::string element(const std::string& id, const std::string& body) {
  return id + "\x40" + static_cast<char>(body.size()) + body;  // lengths below 256 are enough here
}
std::string webm(const std::string& doc_type, const std::string& tracks) {
  return element("\x1A\x45\xDF\xA3", element("\x42\x82", doc_type)) +
         "\x18\x53\x80\x67\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF" +  // a stream: length unknown
         element("\x15\x49\xA9\x66", "") + element("\x16\x54\xAE\x6B", tracks);
}
std::string webm_track(char type) {
  return element("\xAE", element("\xD7", "\x01") + element("\x83", std::string(1, type)));
}

std::string ogg_page(const std::string& packet, bool begins = true) {
  return "OggS" + std::string(1, '\0') + std::string(1, begins ? '\x02' : '\0') +
         std::string(20, '\0') + '\x01' + static_cast<char>(packet.size()) + packet;
}

// MPEG-1 layer III, 128 kbit/s at 44.1 kHz: 417 bytes a frame.
std::string mp3_frames(int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += "\xFF\xFB\x90\x64" + std::string(413, '\0');
  return out;
}
std::string aac_frames(int count) {
  std::string out;
  for (int i = 0; i < count; ++i)
    out += std::string("\xFF\xF1\x50\x80\x02\x1F\xFC", 7) + "123456789";
  return out;
}

std::string kind(const std::string& file) {
  const auto found = media_kind_of(as_bytes(file));
  return found ? std::string(media_type_of(*found).extension) : "none";
}

TEST(MediaKind, KnowsPhotosPdfAndSoundByTheirBytes) {
  EXPECT_EQ(kind("\xFF\xD8\xFF\xE0"), "jpg");
  EXPECT_EQ(kind("\x89PNG\r\n\x1A\n"), "png");
  EXPECT_EQ(kind("RIFF1234WEBPVP8 "), "webp");
  EXPECT_EQ(kind("RIFF1234WAVEfmt "), "wav");
  EXPECT_EQ(kind("%PDF-1.7\n"), "pdf");
  EXPECT_EQ(kind("#!AMR\n\x3C"), "amr");
  EXPECT_EQ(kind("#!AMR-WB\n"), "amr");
  EXPECT_EQ(kind(box("ftyp", "heic" + std::string(4, '\0') + "mif1heic")), "heic");
  EXPECT_EQ(kind(box("ftyp", "mif1" + std::string(4, '\0') + "mif1heic")), "heic");
  EXPECT_EQ(kind(std::string("ID3\x04\0\0\0\0\0\0", 10)), "mp3");
  EXPECT_EQ(kind(mp3_frames(2)), "mp3");
  EXPECT_EQ(kind(aac_frames(2)), "aac");
}

TEST(MediaKind, TakesAContainerOnlyWhenAllInItIsSound) {
  EXPECT_EQ(kind(mp4("M4A ", track("soun"))), "m4a");
  EXPECT_EQ(kind(mp4("isom", track("soun"))), "m4a") << "what telephones record";
  EXPECT_EQ(kind(mp4("3gp4", track("soun") + track("soun"))), "m4a");
  EXPECT_EQ(kind(mp4("M4A ", track("soun") + track("vide"))), "none");
  EXPECT_EQ(kind(mp4("isom", track("vide"))), "none");
  EXPECT_EQ(kind(mp4("isom", "")), "none");
  EXPECT_EQ(kind(webm("webm", webm_track(2))), "webm");
  EXPECT_EQ(kind(webm("webm", webm_track(1) + webm_track(2))), "none");
  EXPECT_EQ(kind(webm("matroska", webm_track(2))), "none");
  EXPECT_EQ(kind(ogg_page("OpusHead\x01") + ogg_page("OpusTags", false)), "ogg");
  EXPECT_EQ(kind(ogg_page("\x01vorbis") + ogg_page("\x80theora")), "none");
}

TEST(MediaKind, TextIsWordsInUtf8AndNeverMarkup) {
  EXPECT_EQ(kind("污水管破了。\r\n第二行"), "txt");
  EXPECT_EQ(kind("\xEF\xBB\xBF有字节顺序标记"), "txt");
  EXPECT_EQ(kind("3 < 5, and <3"), "txt");
  EXPECT_EQ(kind("<?xml version=\"1.0\"?><svg/>"), "none");
  EXPECT_EQ(kind("\xEF\xBB\xBF \n<svg onload=alert(1)>"), "none");
  EXPECT_EQ(kind("<!DOCTYPE html>"), "none");
  EXPECT_EQ(kind("<SCRIPT>"), "none");
  EXPECT_EQ(kind(""), "none");
  EXPECT_EQ(kind(" \n "), "none");
  EXPECT_EQ(kind("\xCE\xDB\xCB\xAE\xB9\xDC"), "none") << "污水管 in GB18030";
  EXPECT_EQ(kind(std::string("\xFF\xFEh\0i\0", 6)), "none") << "UTF-16";
  EXPECT_EQ(kind(std::string("words\0", 6)), "none");
}

TEST(MediaKind, EverythingElseIsNotTaken) {
  for (const std::string& other :
       {std::string("GIF89a\x01\0", 8), std::string("BM\x01\0\0\0", 6), std::string("II*\0", 4),
        std::string("PK\x03\x04\x14\0", 6), std::string("MZ\x90\0", 4),
        std::string("\x7F"
                    "ELF\x02\0"),
        std::string("\x1F\x8B\x08\0", 4), std::string("Rar!\x1A\x07\0", 7),
        box("ftyp", "avif" + std::string(4, '\0') + "mif1avif"), mp3_frames(1), aac_frames(1),
        std::string("\xFF\xFB", 2), std::string("RIFF\x10\0\0\0AVI ", 12),
        std::string("junk\x01%PDF-1.7")}) {
    EXPECT_EQ(kind(other), "none") << other.substr(0, 8);
  }
}

TEST(MediaKind, AFileThatIsCutAnywhereIsReadNowhereOutside) {
  for (const std::string& whole :
       {mp4("isom", track("soun")), webm("webm", webm_track(2)), ogg_page("OpusHead\x01"),
        mp3_frames(2), aac_frames(2), box("ftyp", "mif1" + std::string(4, '\0') + "heic")}) {
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
      media_kind_of(cut);  // under ASan: no byte outside is touched
    }
  }
}

TEST(MediaKind, EveryStoredTypeLeadsBackToItsKind) {
  for (int i = 0; i <= static_cast<int>(MediaKind::amr); ++i) {
    const auto each = static_cast<MediaKind>(i);
    EXPECT_EQ(kind_of_type(media_type_of(each).type), each);
  }
  EXPECT_FALSE(kind_of_type("text/html"));
}

}  // namespace
}  // namespace minhu::attachments
