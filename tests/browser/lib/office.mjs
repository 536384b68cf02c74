// People of the offices: each in a window of their own, signed in with a login that the demo county tells.
import assert from 'node:assert/strict';
import { visitor } from './browser.mjs';

export async function signIn(browser, server, role, options = {}) {
  const { name, password } = await server.login(role);
  const person = await visitor(browser, server.address, { width: 1280, height: 900, ...options });
  const { page } = person;
  await page.goto('/office/sign-in');
  await page.fill('#login', name);
  await page.fill('#password', password);
  await page.click('main form button');
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
  await step.locator('form > button').click();
  assert.equal(new URL(page.url()).searchParams.get('done'), kind, `${kind} was taken: ${await alert(page)}`);
}

async function alert(page) {
  const said = page.locator('[role=alert], .error');
  return (await said.count()) > 0 ? (await said.allTextContents()).join(' ') : 'nothing was refused';
}
