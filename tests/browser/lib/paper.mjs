// What comes out of a printer: how many sheets, and what a phone reads from the code on them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const sheets = (pdf) => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;

export async function decode(png) {
  const folder = await mkdtemp(join(tmpdir(), 'minhu-qr-'));
  try {
    await writeFile(join(folder, 'qr.png'), png);
    const { status, stdout, error } = spawnSync('zbarimg', ['--quiet', '--raw', join(folder, 'qr.png')], { encoding: 'utf8' });
    if (error) throw error;
    assert.equal(status, 0, 'zbarimg finds a code');
    return stdout.trim();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
