// The register of ties: a supervisor writes down who is close to whom and who leads what, ends a line, and is refused where
// it is about themselves. What a case keeps from whom by it is tests/accused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser, server, withCounty } from './lib/county.mjs';
import { ask, atTheDesk } from './lib/desk.mjs';
import { lookAt } from './lib/looks.mjs';

withCounty({ cases: 50, months: 1 });

const widths = [390, 1280];
const measures = { letters: 12, target: 24 };
async function wellMade(page, state, looked = true) {
  if (!looked) return; // at both sizes, by whoever went this way before
  assert.deepEqual(await lookAt(page, state, measures), []);
  if (!process.env.MINHU_PICTURES) return;
  const before = page.viewportSize();
  for (const [width, height] of [[widths[0], 844], [widths[1], 900]]) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${process.env.MINHU_PICTURES}/${state.replaceAll(' ', '-')}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize(before);
}

const register = (page, heading) => page.locator('main.ties section', { has: page.getByRole('heading', { name: heading, exact: true }) });
const closeTo = (page) => register(page, '谁跟谁有关系');
const leads = (page) => register(page, '谁分管哪个单位');
const form = (section, opens) => section.locator('details.new', { hasText: opens });
const heldNow = (section) => section.locator('> ul.changes > li');

// Fills the form for a tie between two officials and sends it.
async function writeTie(page, official, person, reason) {
  const one = form(closeTo(page), '写一条关系');
  if (!(await one.evaluate((node) => node.open))) await one.locator('summary').click();
  await one.locator('#interests-official').selectOption({ label: official });
  await one.locator('#interests-tie').selectOption({ label: '亲属' });
  await one.getByRole('radio', { name: '一位工作人员' }).check();
  await one.locator('#interests-person').selectOption({ label: person });
  assert.ok(await one.locator('button.main').isDisabled(), 'not without a reason');
  await one.locator('#interests-reason').fill(reason);
  await one.locator('button.main').click();
}

for (const width of widths) {
  test(`a supervisor writes a tie down, is refused a second time, and ends it with a reason (${width} px)`, async () => {
    const official = width === 390 ? '水利局 经办岗' : '竹源镇 经办岗';
    const seat = await atTheDesk(browser, server, 'supervisor', { path: '/ties', width, height: 844 });
    const { page, context, complaints } = seat;
    const first = width === widths[0];
    await closeTo(page).waitFor();
    await wellMade(page, 'the register of ties', first);

    const before = await heldNow(closeTo(page)).count();
    await writeTie(page, official, '住建局 负责人', '干部登记表');
    await page.locator('#said', { hasText: '登记好了' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.id === 'said'); // the eye is led to what happened
    const line = heldNow(closeTo(page)).filter({ hasText: official });
    assert.match(await line.textContent(), /和住建局 负责人[^]*亲属[^]*由政务督查室登记[^]*理由：干部登记表/);
    assert.equal(await heldNow(closeTo(page)).count(), before + 1);
    await wellMade(page, 'a tie that was written down', first);

    await writeTie(page, official, '住建局 负责人', '又听说一次');
    await page.locator('.refused', { hasText: '这个关系已经登记过。' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.classList.contains('refused'));
    assert.equal(await page.locator('#said').count(), 0, 'nothing says that it was written down');
    await wellMade(page, 'a tie that there is already', first);
    assert.equal(await heldNow(closeTo(page)).count(), before + 1);

    await line.getByRole('button', { name: /^结束/ }).click();
    const sheet = page.getByRole('dialog');
    await sheet.waitFor();
    assert.match(await sheet.textContent(), new RegExp(`结束：${official}和住建局 负责人，亲属[^]*又看得到了`));
    assert.ok(await sheet.locator('button.grave').isDisabled(), 'not without a reason');
    await wellMade(page, 'before a tie ends', first);
    await sheet.locator('#why').fill('已经调离');
    await sheet.locator('button.grave').click();
    await page.locator('#said', { hasText: '已经结束' }).waitFor();
    assert.equal(await heldNow(closeTo(page)).count(), before);
    assert.equal(await page.locator('.refused', { hasText: '已经登记过' }).count(), 0, 'what was refused then is not said any more');
    const over = closeTo(page).locator('> details:not(.new)');
    await over.locator('summary', { hasText: '已经结束的' }).click();
    assert.match(await over.locator('li', { hasText: official }).textContent(), /干部登记表[^]*由政务督查室结束[^]*已经调离/);
    await wellMade(page, 'a tie that has ended', first);
    assert.deepEqual(complaints(), []);
    await context.close();
  });
}

test('nobody ends a tie of their own, and the sentence says who can', async () => {
  const { page, context, complaints } = await atTheDesk(browser, server, 'supervisor', { path: '/ties', width: 390, height: 844 });
  await closeTo(page).waitFor();
  await writeTie(page, '政务督查室', '市里 复核岗', '本人说的');
  await page.locator('#said', { hasText: '登记好了' }).waitFor();
  const line = heldNow(closeTo(page)).filter({ hasText: '市里 复核岗' });
  assert.doesNotMatch(await line.textContent(), /本人说的/, 'why is not told to whom it is about');
  await line.getByRole('button', { name: /^结束/ }).click();
  const sheet = page.getByRole('dialog');
  await sheet.locator('#why').fill('没有这回事');
  await sheet.locator('button.grave').click();
  await sheet.locator('.refused', { hasText: '所以您不能结束它，什么也没有改' }).waitFor();
  await wellMade(page, 'a refusal to end ones own tie');
  await sheet.getByRole('button', { name: '不改了' }).click();
  await sheet.waitFor({ state: 'detached' });
  assert.equal(await line.count(), 1);
  assert.deepEqual(complaints(), []);
  await context.close();
});

test('who leads which unit is written down', async () => {
  const { page, context, complaints } = await atTheDesk(browser, server, 'supervisor', { path: '/ties' });
  await leads(page).waitFor();
  const one = form(leads(page), '写一条分管');
  await one.locator('summary').click();
  await one.locator('#leaders-official').selectOption({ label: '县领导' });
  await one.locator('#leaders-unit').selectOption({ index: 1 });
  const unit = await one.locator('#leaders-unit option:checked').textContent();
  await one.locator('#leaders-reason').fill('分工文件');
  await wellMade(page, 'the form for who leads a unit');
  await one.locator('button.main').click();
  await page.locator('#said', { hasText: '登记好了' }).waitFor();
  const line = heldNow(leads(page)).filter({ hasText: '县领导' }).filter({ hasText: unit.trim() });
  assert.match(await line.textContent(), /县领导分管[^]*由政务督查室登记[^]*分工文件/);
  assert.deepEqual(complaints(), []);
  await context.close();
});

test('who is tied to somebody reads the tie on their own page, without the reason; others have no register', async () => {
  const watching = await atTheDesk(browser, server, 'supervisor', { path: '/ties' });
  await closeTo(watching.page).waitFor();
  await writeTie(watching.page, '住建局 经办岗', '信访局 回访岗', '不该给本人看的话');
  await watching.page.locator('#said', { hasText: '登记好了' }).waitFor();
  await watching.context.close();

  const own = await atTheDesk(browser, server, 'housing-banli', { path: '/account/interests' });
  await own.page.locator('.changes li', { hasText: '信访局 回访岗' }).waitFor();
  assert.doesNotMatch(await own.page.textContent('main'), /不该给本人看的话/);
  assert.equal(await own.page.getByRole('link', { name: '关系登记' }).count(), 0);
  await own.page.goto('/desk/ties');
  await own.page.waitForSelector('h1');
  assert.equal(await own.page.locator('main.ties').count(), 0);
  const told = await ask(own, '/api/v1/own/interests');
  assert.equal(told.interests.find(({ person }) => person?.display_name === '信访局 回访岗').reason, null);
  assert.deepEqual(own.complaints(), []);
  await own.context.close();
});
