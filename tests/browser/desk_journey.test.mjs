// The long way of a matter, at the desk from the call to the end: nobody wants it, the joint conference decides, the answer does
// not help, it is handled again; and another that is answered, reviewed and rechecked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitor } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { ask, atTheDesk, goTo, send, takeStep } from './lib/desk.mjs';
import { openCase } from './lib/resident.mjs';

const seats = {};
withCounty({ cases: 60, months: 2 }, async () => {
  for (const who of ['clerk', 'dispatcher', 'caller', 'housing-banli', 'water-banli', 'government-banli', 'city-fuhe']) {
    seats[who] = await atTheDesk(browser, server, who);
  }
});

const units = { 'housing-banli': '青溪县住房和城乡建设局', 'water-banli': '青溪县水利局' };
const opinion = {
  public_answer: '桥头的积水我们抽干了，又通了一段暗沟。',
  outcome: 'supported',
};
const article32 = { request: '排掉积水', facts: '暗沟堵塞，情况属实', opinion: '清淤并换管', basis: '城镇排水的管理规定' };

async function call(text) {
  const { page } = seats.clerk;
  await page.goto('/desk/phone');
  await page.fill('#words', text);
  await page.fill('#phone', '00013800001');
  await page.getByLabel('办完可以打电话回访').check();
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.spoken');
  const number = (await page.locator('.spoken .big').first().locator('.number').allTextContents()).join('-');
  const { id } = await ask(seats.dispatcher, `/api/v1/find?number=${number}`);
  return { id, number };
}
const stateOf = async (who, id) => (await ask(seats[who], `/api/v1/cases/${id}`)).state;
const toUnit = (who, id) =>
  takeStep(seats.dispatcher, id, 'transferred', { unit: units[who], reason: '先请这个单位看。' });

async function callBack(id, { solved, satisfaction }) {
  const { page } = seats.caller;
  await page.goto(`/desk/callbacks/${id}`);
  await page.check(`[name=solved][value=${solved}]`);
  await page.check(`[name=satisfaction][value=${satisfaction}]`);
  await page.click('button:has-text("记下来")');
  await page.waitForSelector('[role=status]:has-text("记下来了")');
}

function nothingWentWrong() {
  assert.deepEqual(Object.values(seats).flatMap(({ complaints }) => complaints()), []);
}

test('a matter that three units send back is decided, answered, handled again, and solved', async () => {
  const { id, number } = await call('桥头每次下雨都积水，水要三四天才退。');
  const turn = ['housing-banli', 'water-banli', 'housing-banli'];
  for (const [at, who] of turn.entries()) {
    await toUnit(who, id);
    const other = who === 'housing-banli' ? 'water-banli' : 'housing-banli';
    await takeStep(seats[who], id, 'objected', { duty: '三定方案第四条', proper_unit: units[other], reason: '排水不归我们管。' });
    if (at < 2) await takeStep(seats.dispatcher, id, 'objection_upheld', { reason: '改派给另一个单位。' });
  }
  await takeStep(seats.dispatcher, id, 'escalated_to_joint_conference', { reason: '退回了三次。' });
  assert.match(await seats.dispatcher.page.textContent('.case'), /退回 3 次.*等联席会议定归谁/s);
  await takeStep(seats.dispatcher, id, 'objection_upheld', { reason: '联席会议定由水利局办。' });
  await toUnit('water-banli', id);
  await takeStep(seats['water-banli'], id, 'signed_in');
  await takeStep(seats['water-banli'], id, 'accepted');
  // Whoever was named by the conference keeps it: returning is not offered.
  const { steps } = await ask(seats['water-banli'], `/api/v1/cases/${id}/steps`);
  assert.match(await seats['water-banli'].page.textContent('.case'), /指定办理，不能再退/);
  assert.ok(!steps.some(({ kind }) => kind === 'objected'));
  const fields = steps.find(({ kind }) => kind === 'answered').fields.map(({ name }) => name);
  const answer = { ...opinion, ...(fields.includes('request') ? article32 : {}) };
  await takeStep(seats['water-banli'], id, 'answered', answer);

  await callBack(id, { solved: 'no', satisfaction: 'dissatisfied' });
  await seats.caller.page.fill('#reopen-reason', '昨天下雨又积了水。');
  await seats.caller.page.click('button:has-text("重新办理")');
  await seats.caller.page.waitForSelector('text=已经重新办理');
  assert.equal(await stateOf('water-banli', id), 'accepted');
  await takeStep(seats['water-banli'], id, 'answered', { ...answer, public_answer: '暗沟全段换了管，昨夜大雨没有再积水。' });
  await callBack(id, { solved: 'yes', satisfaction: 'satisfied' });

  const { state, solved, returned, reopened } = await ask(seats.dispatcher, `/api/v1/cases/${id}`);
  assert.deepEqual({ state, solved, returned, reopened }, { state: 'called_back', solved: 'yes', returned: 3, reopened: 1 });
  assert.match(number, /^MH(-[0-9A-Z]{4}){3}$/);
  nothingWentWrong();
});

test('an answer is reviewed by the body above, and rechecked by the one above that', async () => {
  // Said on the web: whoever asks for a review has the code of the receipt.
  const speaker = await visitor(browser, server.address);
  const contact = { name: '甲', phone: '00013800000', way: 'sms' };
  const receipt = await send(seats.clerk, '/api/v1/cases', { text: '我家的低洼地年年被淹，要求补偿。', contact, track: 'petition' });
  const { id } = await ask(seats.dispatcher, `/api/v1/find?number=${receipt.number}`);
  await toUnit('water-banli', id);
  await takeStep(seats['water-banli'], id, 'signed_in');
  await takeStep(seats['water-banli'], id, 'accepted');
  await takeStep(seats['water-banli'], id, 'answered', { ...opinion, outcome: 'not_supported', ...article32 });
  const asks = (kind, words) =>
    send(seats.clerk, `/api/v1/receipts/${receipt.number}/steps/${kind}`, { fields: { words } }, { 'X-Query-Code': receipt.query_code });

  await asks('review_requested', '没有说为什么不补。');
  await review('government-banli', id, 'upheld', '发出复查意见');
  await asks('recheck_requested', '复查也没有说。');
  assert.equal(await stateOf('city-fuhe', id), 'recheck_requested');
  await review('city-fuhe', id, 'upheld', '发出复核意见');
  assert.equal(await stateOf('city-fuhe', id), 'rechecked');

  await openCase(speaker.page, { number: receipt.number, code: receipt.query_code });
  assert.match(await speaker.page.textContent('main'), /复核/);
  assert.deepEqual(speaker.complaints(), []);
  await speaker.context.close();
  nothingWentWrong();
});

async function review(who, id, changed, button) {
  const { page } = seats[who];
  await page.goto('/desk/reviews');
  await goTo(page, `.lines a[href$="${id}"]`);
  await page.waitForSelector('#public_answer');
  await page.check(`[name=changed][value=${changed}]`);
  for (const part of ['request', 'facts', 'opinion', 'basis', 'public_answer']) await page.fill(`#${part}`, '查清了，维持原来的意见。');
  await page.click(`button:has-text("${button}")`);
  await page.waitForSelector('text=已经发出去');
}
