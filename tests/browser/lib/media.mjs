// A photo that says where it was taken, and a short recording: made here, so that no file of anybody lies in the project.

// A TIFF directory of one GPS block: 29° 12′ N, 119° 30′ E and the name of the camera.
function exif(camera) {
  const tiff = Buffer.alloc(200);
  let at = 0;
  const put = (tag, type, count, value) => {
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(count, at + 4);
    if (typeof value === 'string') tiff.write(value, at + 8, 'latin1');
    else tiff.writeUInt32LE(value, at + 8);
    at += 12;
  };
  const rationals = (offset, numbers) => numbers.forEach((number, n) => (tiff.writeUInt32LE(number, offset + 8 * n), tiff.writeUInt32LE(1, offset + 8 * n + 4)));
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(2, 8);
  at = 10;
  put(0x010f, 2, camera.length + 1, 38); // Make
  put(0x8825, 4, 1, 64); // where the GPS block begins
  tiff.write(camera, 38, 'latin1');
  tiff.writeUInt16LE(4, 64);
  at = 66;
  put(1, 2, 2, 'N');
  put(2, 5, 3, 130);
  put(3, 2, 2, 'E');
  put(4, 5, 3, 160);
  rationals(130, [29, 12, 0]);
  rationals(160, [119, 30, 0]);
  return tiff;
}

export const camera = 'MinhuTestCamera';

// A JPEG of the browser's own making, with a block of EXIF put in behind its first marker.
export async function photo(page) {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 320;
    canvas.height = 240;
    const pen = canvas.getContext('2d');
    for (let y = 0; y < 240; y += 20) {
      pen.fillStyle = `hsl(${y}, 60%, 50%)`;
      pen.fillRect(0, y, 320, 20);
    }
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1];
  });
  const plain = Buffer.from(base64, 'base64');
  const block = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif(camera)]);
  const head = Buffer.from([0xff, 0xe1, (block.length + 2) >> 8, (block.length + 2) & 255]);
  return { name: 'lamp.jpg', mimeType: 'image/jpeg', buffer: Buffer.concat([plain.subarray(0, 2), head, block, plain.subarray(2)]) };
}

// One second of a quiet tone.
export function recording() {
  const rate = 8000;
  const sound = Buffer.alloc(44 + rate * 2);
  sound.write('RIFF', 0);
  sound.writeUInt32LE(36 + rate * 2, 4);
  sound.write('WAVEfmt ', 8);
  sound.writeUInt32LE(16, 16);
  sound.writeUInt16LE(1, 20);
  sound.writeUInt16LE(1, 22);
  sound.writeUInt32LE(rate, 24);
  sound.writeUInt32LE(rate * 2, 28);
  sound.writeUInt16LE(2, 32);
  sound.writeUInt16LE(16, 34);
  sound.write('data', 36);
  sound.writeUInt32LE(rate * 2, 40);
  for (let n = 0; n < rate; n += 1) sound.writeInt16LE(Math.round(2000 * Math.sin(n / 5)), 44 + 2 * n);
  return { name: 'voice.wav', mimeType: 'audio/wav', buffer: sound };
}
