// A photo and a recording come along, and the photo does not say where it was taken.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goOn, visitor } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { camera, photo, recording } from './lib/media.mjs';
import { findCase, signIn } from './lib/office.mjs';
import { file, openCase } from './lib/resident.mjs';

withCounty({ cases: 60, months: 2 });

// What a click on the link would bring, with the cookies of the page.
async function download(context, address) {
  const answer = await context.request.get(address);
  assert.equal(answer.status(), 200, address);
  return { type: answer.headers()['content-type'], bytes: await answer.body() };
}

function saysNothingOfThePlace(bytes) {
  for (const trace of ['Exif', camera, 'GPS', 'lamp.jpg']) assert.ok(!bytes.includes(Buffer.from(trace, 'latin1')), `the photo still holds ${trace}`);
}

for (const javaScriptEnabled of [true, false]) {
  test(`a photo comes along without the place it was taken at, ${javaScriptEnabled ? 'with' : 'without'} scripts`, async () => {
    const painter = await visitor(browser, server.address);
    await painter.page.goto('/');
    const picture = await photo(painter.page);
    await painter.context.close();
    assert.ok(picture.buffer.includes(Buffer.from(camera, 'latin1')), 'the photo that is sent does hold it');

    const resident = await visitor(browser, server.address, { javaScriptEnabled });
    const { context, page } = resident;
    const receipt = await file(page, { photos: [picture], voice: [recording()] });
    await openCase(page, receipt);
    const image = await page.getAttribute('ol.past img', 'src');
    const seen = await download(context, image);
    assert.match(seen.type, /^image\/jpeg/);
    assert.deepEqual([...seen.bytes.subarray(0, 3)], [0xff, 0xd8, 0xff]);
    saysNothingOfThePlace(seen.bytes);
    const sound = await page.getAttribute('ol.past audio', 'src');
    assert.match((await download(context, sound)).type, /^audio\//);
    assert.deepEqual(resident.complaints(), []);

    const dispatcher = await signIn(browser, server, 'dispatcher');
    await findCase(dispatcher.page, receipt.number);
    const links = await dispatcher.page.locator('.file a').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    assert.equal(links.length, 2, 'the office has the photo and the recording');
    for (const link of links) saysNothingOfThePlace((await download(dispatcher.context, link)).bytes);
    assert.deepEqual(dispatcher.complaints(), []);

    const stranger = await visitor(browser, server.address);
    assert.notEqual((await stranger.context.request.get(image, { maxRedirects: 0 })).status(), 200, 'nobody else sees the photo');
    for (const person of [resident, dispatcher, stranger]) await person.context.close();
  });
}

test('a recording alone is enough', async () => {
  const { context, page, complaints } = await visitor(browser, server.address);
  const receipt = await file(page, { words: '', voice: [recording()] });
  await openCase(page, receipt);
  assert.equal(await page.locator('ol.past audio').count(), 1);
  assert.deepEqual(complaints(), []);
  await context.close();
});

test('a file that is no picture is refused with a sentence, and the words stay', async () => {
  const { context, page } = await visitor(browser, server.address);
  await page.goto('/report/what');
  await page.fill('#words', '路灯坏了。');
  await page.setInputFiles('#photos', [{ name: 'lamp.jpg', mimeType: 'image/jpeg', buffer: Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xff, 0xff]) }]);
  await goOn(page, 'main form button.btn');
  assert.equal(new URL(page.url()).pathname, '/report/what');
  assert.ok((await page.textContent('#errors')).length > 10);
  assert.equal(await page.inputValue('#words'), '路灯坏了。');
  await context.close();
});
