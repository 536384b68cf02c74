// Looking into the formats that may hold sound, a picture or a film under the same first bytes.
// Every function takes any bytes, reads nothing outside them and takes time linear in their size.
#pragma once

#include "kernel/bytes.h"

namespace minhu::attachments {

// ISO base media (ISO/IEC 14496-12): a "ftyp" box that names HEVC-coded still pictures.
bool is_heic(BytesView file);
// ISO base media whose "moov" has tracks of sound and no other: M4A, and what telephones and Safari
// record as MP4 or 3GP.
bool is_mp4_sound(BytesView file);
// Matroska's subset for the web (RFC 8794, RFC 9559): DocType "webm", tracks of sound alone.
bool is_webm_sound(BytesView file);
// Ogg (RFC 3533) whose first streams are Opus, Vorbis, Speex or FLAC, and none is a film.
bool is_ogg_sound(BytesView file);
// MPEG audio layer III: an ID3v2 tag, or a frame that another frame follows.
bool is_mp3(BytesView file);
// AAC in ADTS frames: one that another follows.
bool is_adts_aac(BytesView file);

}  // namespace minhu::attachments
