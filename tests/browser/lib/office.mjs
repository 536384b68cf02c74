// People of the offices: each in a window of their own, signed in with a login that the demo county tells.
import assert from 'node:assert/strict';
import { goOn, visitor } from './browser.mjs';

export const answer = '您说的路灯，我们昨天换了灯泡和一段电线，今晚起会亮。以后坏了，三天内来修。';

export async function signIn(browser, server, role, options = {}) {
  const { name, password } = await server.login(role);
  const person = await visitor(browser, server.address, { width: 1280, height: 900, ...options });
  const { page } = person;
  await page.goto('/office/sign-in');
  await page.fill('#login', name);
  await page.fill('#password', password);
  await goOn(page, 'main form button');
  assert.equal(new URL(page.url()).pathname, '/office', `a ${role} is signed in`);
  return { ...person, unit: (await page.textContent('.who p > span:first-of-type')).trim() };
}

export async function findCase(page, number) {
  await page.goto('/office');
  await page.fill('#find', number);
  await page.click('form.find button');
  await page.waitForURL(/\/office\/cases\//);
}

// Opens the form of a step, fills its fields (text, the value of a choice, or a label of a list) and sends it.
export async function take(page, kind, fields = {}) {
  const step = page.locator(`#step-${kind}`);
  if ((await step.getAttribute('open')) === null) await step.locator('summary').click();
  for (const [name, value] of Object.entries(fields)) {
    const field = step.locator(`[name="${name}"]`);
    const kindOfField = await field.first().evaluate((node) => node.type);
    if (kindOfField === 'radio' || kindOfField === 'checkbox') await step.locator(`[name="${name}"][value="${value}"]`).check();
    else if (kindOfField === 'select-one') await field.selectOption(value);
    else await field.fill(value);
  }
  await goOn(page, step.locator('form > button'));
  assert.equal(new URL(page.url()).searchParams.get('done'), kind, `${kind} was taken: ${await alert(page)}`);
}

async function alert(page) {
  const said = page.locator('[role=alert], .error');
  return (await said.count()) > 0 ? (await said.allTextContents()).join(' ') : 'nothing was refused';
}

// Triage, sending, signing in, taking on, the handling opinion, the call: each by who may do it, to the end. Tells the
// complaints of all their pages.
export async function answerThroughEveryDesk(browser, server, number) {
  const dispatcher = await signIn(browser, server, 'dispatcher');
  const handler = await signIn(browser, server, 'handler');
  const caller = await signIn(browser, server, 'caller');

  await findCase(dispatcher.page, number);
  await take(dispatcher.page, 'triaged', { urgency: 'ordinary' });
  await take(dispatcher.page, 'transferred', { unit: { label: handler.unit }, reason: '路灯归这个单位管。' });

  await findCase(handler.page, number);
  await take(handler.page, 'signed_in');
  await take(handler.page, 'accepted', { notice: '您反映的路灯，我们受理了。' });
  await take(handler.page, 'answered', {
    public_answer: answer,
    outcome: 'supported',
    request: '修好村口的路灯。',
    facts: '灯泡烧坏，电线老化，情况属实。',
    opinion: '更换灯泡和电线。',
    basis: '城市道路照明的管理规定。',
  });

  await findCase(caller.page, number);
  await take(caller.page, 'callback_done', { reached: 'yes', solved: 'yes', satisfaction: 'satisfied' });

  const people = [dispatcher, handler, caller];
  const complaints = people.flatMap((person) => person.complaints());
  for (const person of people) await person.context.close();
  return complaints;
}
