// After the answer: the call and what it leads to, review and recheck, and a supervisor who finds what stands still.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityFaults, visitor } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { ask, atTheDesk, goTo, send, sent } from './lib/desk.mjs';
import { openCase } from './lib/resident.mjs';

const opinion = {
  public_answer: '路灯已经修好，今晚起会亮。',
  outcome: 'not_supported',
  request: '修好路灯',
  facts: '灯泡烧坏',
  opinion: '更换灯泡',
  basis: '城市照明管理规定',
};

let dispatcher;
let handler;
withCounty({ cases: 500, months: 6 }, async () => {
  dispatcher = await atTheDesk(browser, server, 'dispatcher');
  handler = await atTheDesk(browser, server, 'housing-banli');
});

// What is not the matter of a journey is not clicked through.
const step = (seat, id, kind, fields = {}) => send(seat, `/api/v1/cases/${id}/steps/${kind}`, { fields });
async function sayAndAnswer(text) {
  const receipt = await send(dispatcher, '/api/v1/cases', {
    text,
    contact: { name: '甲', phone: '00013800000', way: 'sms' },
    may_be_called: true,
  });
  const { id } = await ask(dispatcher, `/api/v1/find?number=${receipt.number}`);
  const { units } = await ask(dispatcher, '/api/v1/units');
  const housing = units.find((unit) => unit.code === 'housing').id;
  await step(dispatcher, id, 'transferred', { unit: housing, reason: '路灯归住建局管' });
  await step(handler, id, 'signed_in');
  await step(handler, id, 'accepted');
  await step(handler, id, 'answered', opinion);
  return { ...receipt, id, housing };
}

async function lookAt(seat, state) {
  assert.deepEqual(await accessibilityFaults(seat.page), [], state);
  const wide = await seat.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${state}: ${wide} px too wide`);
  if (process.env.MINHU_SHOTS) await seat.page.screenshot({ path: `${process.env.MINHU_SHOTS}/${state}.png`, fullPage: true });
}

for (const width of [390, 1280]) {
  test(`a no on the phone is handled again, and the next call says solved, at ${width} px`, async () => {
    const words = `村口的路灯不亮，已经${width}天。`;
    const said = await sayAndAnswer(words);
    const caller = await atTheDesk(browser, server, 'caller', { path: '/callbacks', width });
    const { page } = caller;
    await page.waitForSelector('.lines a');
    await lookAt(caller, `callbacks-${width}`);
    await page.goto(`/desk/callbacks/${said.id}`);
    await page.waitForSelector('#phone-reason');
    assert.ok((await page.textContent('main')).includes(opinion.public_answer));
    await lookAt(caller, `callback-${width}`);
    await page.click('form:has(#phone-reason) button');
    assert.equal((await page.textContent('.phone')).trim(), '00013800000');
    await page.click('text=记下来');
    assert.match(await page.textContent('#solved-missing'), /请先选/);
    await lookAt(caller, `callback-error-${width}`);
    await page.click('button:has-text("记一次没打通")');
    await page.waitForSelector('text=打过1次');
    await page.check('[name=solved][value=no]');
    await page.check('[name=satisfaction][value=dissatisfied]');
    await page.fill('#note', '换了灯泡，晚上还是不亮');
    await page.click('text=记下来');
    await page.fill('#reopen-reason', '本人说还是不亮');
    await lookAt(caller, `callback-offer-${width}`);
    await page.click('button:has-text("重新办理")');
    await page.waitForSelector('text=已经重新办理');
    await step(handler, said.id, 'answered', opinion);
    await page.goto(`/desk/callbacks/${said.id}`);
    await page.check('[name=solved][value=yes]');
    await page.click('text=记下来');
    await page.waitForSelector('[role=status]:has-text("记下来了")');
    assert.deepEqual(caller.complaints(), []);
    await caller.context.close();

    const speaker = await visitor(browser, server.address, { width });
    await openCase(speaker.page, { number: said.number, code: said.query_code });
    assert.match(await speaker.page.textContent('main'), /回访：问办得怎么样/, 'the speaker reads why the number was opened');
    await speaker.context.close();
  });
}

test('nobody is unreachable after one try, whatever is sent', async () => {
  const said = await sayAndAnswer('井盖松了，车过就响。');
  const caller = await atTheDesk(browser, server, 'caller', { path: `/callbacks/${said.id}` });
  await caller.page.click('button:has-text("记一次没打通")');
  await caller.page.waitForSelector('text=打过1次');
  assert.equal(await caller.page.locator('button:has-text("不再打")').count(), 0);
  const refused = await sent(caller, `/api/v1/cases/${said.id}/steps/callback_done`, { fields: { reached: 'unreachable' } });
  assert.equal(refused.body.code, 'cases.try_again_at_another_time');
  await caller.context.close();
});

test('a review is asked, written beside the earlier opinion, and served', async () => {
  const said = await sayAndAnswer('小区的电梯常常停。');
  await send(dispatcher, `/api/v1/receipts/${said.number}/steps/review_requested`, { fields: { words: '答复没有说什么时候修' } }, {
    'X-Query-Code': said.query_code,
  });
  const reviewer = await atTheDesk(browser, server, 'government-banli', { path: '/reviews' });
  const { page } = reviewer;
  await page.waitForSelector('.lines a');
  await lookAt(reviewer, 'reviews-1280');
  await page.goto(`/desk/reviews/${said.id}`);
  await page.waitForSelector('#public_answer');
  const beside = await page.textContent('main');
  assert.ok(beside.includes(opinion.facts) && beside.includes('答复没有说什么时候修'));
  for (const part of ['request', 'facts', 'opinion', 'basis', 'public_answer']) await page.fill(`#${part}`, '查清了，维持。');
  await page.click('button:has-text("发出复查意见")');
  assert.match(await page.textContent('#changed-missing'), /请先选/);
  await lookAt(reviewer, 'review-error-1280');
  await page.setViewportSize({ width: 390, height: 844 });
  await lookAt(reviewer, 'review-390');
  await page.check('[name=changed][value=upheld]');
  await page.click('button:has-text("发出复查意见")');
  await page.waitForSelector('text=已经发出去');
  assert.deepEqual(reviewer.complaints(), []);
  await reviewer.context.close();
});

for (const width of [390, 1280]) {
  test(`a supervisor reads every list and orders from a line at ${width} px`, async () => {
    const seat = await atTheDesk(browser, server, 'supervisor', { path: '/supervision', width });
    const { page } = seat;
    await page.waitForSelector('.lines a, .notice');
    await lookAt(seat, `supervision-${width}`);
    for (const list of ['silent_half', 'bouncing', 'silent_co', 'sent_back', 'asks_again', 'owed']) {
      const listed = page.waitForResponse((answer) => answer.url().includes(`/supervision/cases?list=${list}`));
      await page.click(`.tabs a[href*="list=${list}"]`);
      await listed; // the list before it looks the same
      await page.waitForSelector('.lines a, .notice');
      assert.deepEqual(await accessibilityFaults(page), [], list);
    }
    await page.goto('/desk/supervision?list=overdue');
    await goTo(page, page.locator('.lines a').nth(width === 390 ? 0 : 1));
    await page.waitForSelector('#words');
    await lookAt(seat, `supervised-${width}`);
    await page.check('[name=kind][value=recommended]');
    await page.check('[name=about][value=policy]');
    await page.fill('#words', '请把路灯报修写进办事指南。');
    await page.click('form button.main');
    await page.waitForSelector('text=已经发出去');
    await page.goto('/desk/supervision?list=owed');
    await page.waitForSelector('.lines a');
    assert.deepEqual(seat.complaints(), []);
    await seat.context.close();

    const leader = await atTheDesk(browser, server, 'leader', { path: '/workload', width });
    await leader.page.waitForSelector('table');
    await lookAt(leader, `workload-${width}`);
    const names = await leader.page.locator('table tbody th').allTextContents();
    assert.ok(names.length > 1);
    assert.deepEqual(leader.complaints(), []);
    await leader.context.close();
  });
}
