// One case as several desks read it, and the one way to take a step in it.
import { ref } from 'vue';
import type { Schemas, Trouble } from '../api/client';
import { useToken } from '../api/once';
import { useNewest } from '../house/newest';
import { language } from '../i18n';
import { useDesk } from '../shell/session';

export type Case = Schemas['OfficeCase'];
export type Happening = Schemas['Happening'];

export function useOneCase() {
  const desk = useDesk();
  const theCase = ref<Case | null>(null);
  const trouble = ref<Trouble | null>(null);
  const sending = ref(false);
  const tokenOf = useToken();

  const newest = useNewest();
  // A case that was opened later stays, whichever is answered first.
  async function open(id: string): Promise<void> {
    const still = newest();
    trouble.value = null;
    if (theCase.value?.id !== id) {
      theCase.value = null; // nothing of one case stands below the address of another
      sending.value = false;
    }
    const answer = await desk.ask((server) => server.GET('/api/v1/cases/{id}', { params: { path: { id } } }));
    if (!still()) return;
    if ('ok' in answer) theCase.value = answer.ok;
    else trouble.value = answer.trouble;
  }

  // Empty fields are left out. The same words sent again, after a broken line, are the same step.
  async function take(kind: string, fields: Record<string, string>): Promise<boolean> {
    const current = theCase.value;
    if (!current || sending.value) return false;
    sending.value = true;
    trouble.value = null;
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim() !== ''));
    const token = tokenOf([current.id, current.seq, kind, given]);
    const answer = await desk.ask((server) =>
      server.POST('/api/v1/cases/{id}/steps/{kind}', {
        params: { path: { id: current.id, kind }, header: { 'Idempotency-Key': token } },
        body: { fields: given, expected_seq: current.seq },
      }),
    );
    // Another case was opened meanwhile: what became of this step is nothing that its page could say.
    if (theCase.value?.id !== current.id) return false;
    sending.value = false;
    if ('trouble' in answer) {
      trouble.value = answer.trouble;
      return false;
    }
    return true;
  }

  return { theCase, trouble, sending, open, take };
}

export function textOf(happening: Happening | undefined, field: string): string {
  return happening?.texts.find((text) => text.field === field)?.text ?? '';
}

const answers = ['answered', 'answered_on_spot', 'review_answered', 'recheck_answered'];
// Every answer that was given, the latest last.
export function answersOf(theCase: Case): Happening[] {
  return theCase.timeline.filter((happening) => answers.includes(happening.kind));
}

export function sayDay(instant: string | null | undefined, otherwise = ''): string {
  if (!instant) return otherwise;
  return new Intl.DateTimeFormat(language.value, {
    month: 'long',
    day: 'numeric',
    timeZone: 'Asia/Shanghai',
  }).format(new Date(instant));
}

// Whole days from now, negative when it is over.
export function daysUntil(instant: string, now = Date.now()): number {
  return Math.ceil((new Date(instant).getTime() - now) / 86_400_000);
}
