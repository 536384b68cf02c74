// One case as the desk has it: what it is, what can be done with it, and the only way to do something.
import { ref, shallowRef } from 'vue';
import type { Schemas, Trouble } from '../../api/client';
import { useNewest } from '../../house/newest';
import { useDesk } from '../../shell/session';
import type { Fields } from './draft';
import type { OpenStep } from './kinds';

export type OfficeCase = Schemas['OfficeCase'];
export type Happening = Schemas['Happening'];
export type Changes = { happenings: Happening[]; seq: number; stillOpen: boolean };

// What became of a step: taken, refused with a sentence, or the case has gone on since it was read.
export type Taken = { taken: true } | { trouble: Trouble } | { changes: Changes };

export function useTheCase(id: string) {
  const desk = useDesk();
  const file = shallowRef<OfficeCase | null>(null);
  const steps = shallowRef<OpenStep[]>([]);
  const trouble = ref<Trouble | null>(null);
  // The case may go on while it is read; steps say what had been read.
  const readSeq = ref(0);

  const newest = useNewest();
  // Read again after each step: what was asked for before the step does not take the place of what came after it.
  async function load(): Promise<void> {
    const still = newest();
    const path = { params: { path: { id } } };
    const [shown, open] = await Promise.all([
      desk.ask((server) => server.GET('/api/v1/cases/{id}', path)),
      desk.ask((server) => server.GET('/api/v1/cases/{id}/steps', path)),
    ]);
    if (!still()) return;
    if ('trouble' in shown) {
      trouble.value = shown.trouble;
      return;
    }
    trouble.value = null;
    file.value = shown.ok;
    readSeq.value = shown.ok.seq;
    if ('ok' in open) steps.value = open.ok.steps;
  }

  async function changesSince(seq: number, kind: string): Promise<Changes | Trouble> {
    const answer = await desk.ask((server) =>
      server.GET('/api/v1/cases/{id}/changes', { params: { path: { id }, query: { after: seq } } }),
    );
    if ('trouble' in answer) return answer.trouble;
    return {
      happenings: answer.ok.happenings,
      seq: answer.ok.seq,
      stillOpen: answer.ok.steps.some((step) => step.kind === kind),
    };
  }

  // `key` stays the same while the same thing is sent again, so that it happens once whatever the network does. What was changed
  // meanwhile has another: under the same one the server would answer for what it took before, and the change would be gone.
  async function take(kind: string, fields: Fields, seq: number, key: string): Promise<Taken> {
    const filled = Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim() !== ''));
    const answer = await desk.ask((server) =>
      server.POST('/api/v1/cases/{id}/steps/{kind}', {
        params: { path: { id, kind }, header: { 'Idempotency-Key': key } },
        body: { fields: filled, expected_seq: seq },
      }),
    );
    if ('ok' in answer) return { taken: true };
    if (answer.trouble.status === 409) {
      const changes = await changesSince(seq, kind);
      if (!('sentence' in changes) && changes.happenings.length > 0) return { changes };
    }
    return { trouble: answer.trouble };
  }

  return { id, file, steps, trouble, readSeq, load, take };
}

export type TheCase = ReturnType<typeof useTheCase>;

export function moment(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}
// Within the year the day is enough: 11-23 15:42.
export function shortMoment(time: string): string {
  const whole = moment(time);
  return whole.startsWith(String(new Date().getFullYear())) ? whole.slice(5) : whole;
}
