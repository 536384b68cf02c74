// What the server reads out of words, as people at the desk meet it: while a call is taken down, when a case is sorted, beside a
// case, and where the models are looked after.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityFaults, turnClock } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { atTheDesk, ask } from './lib/desk.mjs';
import { lookAtDesk } from './lib/desk_looks.mjs';

const said = '我们村口的路灯坏了十几天，晚上一片黑，老人不敢出门';
const modelWithinMs = 120_000; // on a busy machine

withCounty();

// Presses Tab until what has the focus is in `within`.
async function tabTo(page, within) {
  for (let presses = 0; presses < 40; presses += 1) {
    if (await page.evaluate((selector) => document.activeElement?.closest(selector) !== null, within)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not lead to ${within}`);
}
const lines = async (seat, part) => (await ask(seat, `/api/v1/queue?part=${part}&limit=200`)).lines;

test('a model is made, compared and used, and only because somebody says so', async () => {
  const clerk = await atTheDesk(browser, server, 'clerk', { path: '/phone' });
  await clerk.page.fill('#words', said);
  await clerk.page.locator('.suggested').waitFor();
  assert.match(await clerk.page.textContent('.suggested'), /没有启用模型/);
  assert.doesNotMatch(await clerk.page.textContent('.suggested'), /把握/);

  const seat = await atTheDesk(browser, server, 'system_admin', { path: '/house/models' });
  const { page } = seat;
  await page.getByRole('heading', { name: '为什么不自动换上' }).waitFor();
  assert.deepEqual(await lookAtDesk(page, 'models before one is made'), []);
  await page.getByRole('button', { name: /^从 [\d,]+ 件里学一个$/ }).click();
  await page.getByText('学好了，编号').waitFor({ timeout: modelWithinMs });
  const { models } = await ask(seat, '/api/v1/admin/models');
  assert.equal(models[0].state, 'candidate', 'it is not used by itself');
  assert.deepEqual(await lookAtDesk(page, 'models with a candidate'), []);
  await page.goto(`/desk/house/models/${models[0].version}`);
  await page.getByText('用这一个……').waitFor();
  assert.deepEqual(await lookAtDesk(page, 'a model beside the one in use'), []);
  await page.getByText('用这一个……').click();
  await page.getByText('已经分好的类别一件也不改').waitFor();
  assert.deepEqual(await lookAtDesk(page, 'before another model is used'), []);
  await page.getByRole('button', { name: '换用这一个' }).click();
  await page.getByRole('heading', { name: '换好了' }).and(page.locator(':focus')).waitFor();
  const now = (await ask(seat, '/api/v1/admin/models')).models;
  assert.deepEqual(now.filter(({ state }) => state === 'in_use').map(({ version }) => version), [models[0].version]);
  assert.deepEqual(seat.complaints(), []);
  await seat.context.close();

  // Whoever takes calls down sees it at work: before, the county's own words spoke alone and nobody had measured them.
  await clerk.page.reload();
  await clerk.page.fill('#words', said);
  await clerk.page.locator('.suggested').waitFor();
  assert.match(await clerk.page.textContent('.suggested'), /把握，这样的建议一百次里对 \d+ 次/);
  await clerk.context.close();
});

for (const width of [390, 1280]) {
  test(`a category is suggested while a call is taken down, and chosen by a key at ${width} px`, async () => {
    const { page, context, complaints } = await atTheDesk(browser, server, 'clerk', { width, path: '/phone' });
    const addresses = [];
    page.on('request', (request) => addresses.push(decodeURIComponent(request.url())));
    // Whoever stops in the middle of a word is answered for what is there so far.
    const whole = page.waitForResponse((answer) => answer.url().endsWith('/matters/read') && answer.request().postDataJSON().text === said);
    await page.keyboard.type(said, { delay: 10 });
    await whole;
    await page.locator('.suggested li').first().waitFor();
    assert.equal(await page.inputValue('#category'), '', 'nothing is chosen by itself');
    assert.match(await page.textContent('.suggested li'), /把握，这样的建议一百次里对 \d+ 次/);
    assert.match(await page.textContent('.suggested'), /说到：/);
    assert.deepEqual(await lookAtDesk(page, 'a call with what it says'), []);
    await tabTo(page, '.suggested li');
    const name = (await page.evaluate(() => document.activeElement.textContent)).trim();
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('#category option:checked').textContent(), name);
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('.spoken');
    assert.deepEqual(addresses.filter((address) => address.includes('路灯')), []);
    assert.deepEqual(complaints(), []);
    await context.close();
  });
}

test('an accusation is read by nothing while it is typed', async () => {
  const { page, context } = await atTheDesk(browser, server, 'clerk', { path: '/phone' });
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const wait = await turnClock(page);
  await page.check('input[name=track][value=accusation]');
  await page.fill('#words', '村里的补助款账目对不上，请查一查');
  await wait(5000); // well after the pause that would start it
  assert.deepEqual(asked.filter((path) => path.includes('matters') || path.includes('similar')), []);
  assert.equal(await page.locator('.suggested, .complained').count(), 0);
  await context.close();
});

test('a unit that is complained of is noted at one press, and the case says who does not see it', async () => {
  const clerk = await atTheDesk(browser, server, 'clerk', { path: '/phone' });
  const { units } = await ask(clerk, '/api/v1/units');
  const accused = units.find((unit) => unit.active && /民政局$/.test(unit.name));
  assert.ok(accused, 'the demo county has such a bureau');
  await clerk.page.fill('#words', `我要投诉${accused.name}，低保材料交了三次，他们一直推诿不办，态度很差`);
  const button = clerk.page.locator('.complained button', { hasText: accused.name });
  await button.waitFor();
  assert.match(await clerk.page.textContent('.complained'), /这个单位和它的下级都看不到这件事/);
  assert.deepEqual(await accessibilityFaults(clerk.page), []);
  await button.click();
  await clerk.page.keyboard.press('Control+Enter');
  await clerk.page.waitForSelector('.spoken');
  assert.equal(await clerk.page.locator('[role=alert]').count(), 0);
  await clerk.context.close();

  const seat = await atTheDesk(browser, server, 'dispatcher', { path: '/queue?part=dispatch' });
  const line = (await lines(seat, 'dispatch')).find(({ headline }) => headline.includes('低保材料'));
  assert.ok(line, 'it waits to be sent');
  await seat.page.goto(`/desk/cases/${line.id}`);
  await seat.page.waitForSelector('.facts');
  assert.match(await seat.page.textContent('.facts'), new RegExp(`${accused.name}.*看不到这件事`, 's'));
  await seat.context.close();
});

test('a case is sorted by a suggestion that says why', async () => {
  const clerk = await atTheDesk(browser, server, 'clerk', { path: '/phone' });
  await clerk.page.fill('#words', '桥头那一排路灯全不亮，报修了没有人来');
  await clerk.page.keyboard.press('Control+Enter');
  await clerk.page.waitForSelector('.spoken');
  await clerk.context.close();

  const seat = await atTheDesk(browser, server, 'dispatcher', { path: '/queue?part=dispatch' });
  const { page } = seat;
  const line = (await lines(seat, 'dispatch')).find(({ headline }) => headline.includes('桥头那一排路灯'));
  await page.goto(`/desk/cases/${line.id}`);
  await page.locator('.next .suggested li').first().waitFor();
  await page.locator('.side h2').waitFor();
  assert.deepEqual(await lookAtDesk(page, 'a case to be sorted'), []);
  const first = page.locator('.next .suggested button').first();
  const name = (await first.textContent()).trim();
  await first.click();
  assert.equal(await page.inputValue('#triaged-category'), name);
  await page.locator('.next button[type=submit]').click();
  await page.waitForSelector('#done');
  assert.equal((await ask(seat, `/api/v1/cases/${line.id}`)).category.name, name);
  assert.deepEqual(seat.complaints(), []);
  await seat.context.close();
});

test('matters alike say how much and in what; one that has nothing to do with it does not come back', async () => {
  const seat = await atTheDesk(browser, server, 'dispatcher', { path: '/queue?part=close', width: 1440 });
  const { page } = seat;
  let of;
  for (const line of await lines(seat, 'close')) {
    const { similar } = await ask(seat, `/api/v1/cases/${line.id}/similar`);
    if (similar.some(({ id, score }) => id && score > 0)) {
      of = line;
      break;
    }
  }
  assert.ok(of, 'the demo county has matters that are alike');
  await page.goto(`/desk/cases/${of.id}`);
  const card = page.locator('.card[data-alike]:has(.alike .words)').first();
  await card.waitFor();
  assert.match(await card.locator('.says').textContent(), /^(很像|相近|只是同类)$/);
  assert.match(await card.locator('.alike .words').textContent(), /^都提到：/);
  assert.deepEqual(await lookAtDesk(page, 'matters alike'), []);
  const gone = await card.getAttribute('data-alike');
  await card.getByRole('button', { name: '不相关' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('以后不再列出来').waitFor();
  await page.waitForFunction(() => document.activeElement.tagName === 'H2');
  const similar = page.waitForResponse((answer) => answer.url().endsWith('/similar'));
  await page.reload();
  assert.equal((await (await similar).json()).similar.some(({ id }) => id === gone), false);
  await page.waitForSelector('.side h2');
  await page.locator('.side p.hint[role=status]').waitFor({ state: 'detached' });
  assert.equal(await page.locator(`.card[data-alike="${gone}"]`).count(), 0);
  assert.deepEqual(seat.complaints(), []);
  await seat.context.close();
});
