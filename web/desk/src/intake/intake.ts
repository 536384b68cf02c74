// What one person says and what becomes of it, from the first word to the receipt: kept in memory while the clerk goes to
// another page and back, and never anywhere else on this machine.
//
// Sending takes several steps (keep the words; sort them; answer, join or note). Each has a key of its own, so that whatever
// was lost on the way is sent again as the same thing, and goes on where it stopped. The receipt is shown as soon as there
// is one: the person on the line waits for nothing else.
import { getCurrentScope, onScopeDispose, reactive } from 'vue';
import { newToken, type Desk, type Schemas, type Trouble } from '../api/client';

export type Track = 'petition' | 'hotline' | 'suggestion' | 'accusation';
export type Urgency = Schemas['Urgency'];
export type Channel = NonNullable<Schemas['WordsAtTheCounter']['channel']>;
export interface Place {
  code: string;
  name: string;
  path: string;
}
// An open matter that the person says is theirs too.
export interface Known {
  id: string;
  number: string;
}

export interface Typed {
  channel: Channel;
  track: Track;
  words: string;
  title: string;
  place: Place | null;
  placeTyped: string; // what stands in the field of the place
  placeWords: string; // where exactly
  name: string;
  phone: string;
  address: string;
  named: boolean; // the speaker lets the unit that handles it ask for the name; else it is for messages alone
  mayBeCalled: boolean;
  tellBySms: boolean;
  noticeGiven: boolean; // the speaker was told what their name and number are for
  category: string;
  complainedOf: { id: string; name: string }[]; // units that the words complain of
  urgency: Urgency;
  answer: string; // empty: not answered on the spot
  outcome: 'explained' | 'supported' | 'not_supported';
  joins: Known | null;
  saidOn: string; // a date, of a letter; empty: now
  files: File[];
}

export type Afterwards = 'nothing' | 'answered' | 'merged' | 'noted' | 'elsewhere';

export interface Sent {
  receipt: Schemas['CounterReceipt'] | null;
  sorted: boolean;
  afterwards: Afterwards;
}

export interface Intake {
  typed: Typed;
  sent: Sent;
  sending: boolean;
  trouble: Trouble | null;
  startedAt: number; // of the call, by the clock of this machine; 0: not yet
  endedAt: number;
}

export function blank(channel: Channel, track: Track): Typed {
  return {
    channel,
    track,
    words: '',
    title: '',
    place: null,
    placeTyped: '',
    placeWords: '',
    name: '',
    phone: '',
    address: '',
    named: false,
    mayBeCalled: false,
    tellBySms: false,
    noticeGiven: false,
    category: '',
    complainedOf: [],
    urgency: 'ordinary',
    answer: '',
    outcome: 'explained',
    joins: null,
    saidOn: '',
    files: [],
  };
}

// Everything but files, as the contract wants it.
export function wordsOf(typed: Typed): Schemas['WordsAtTheCounter'] {
  const where = [typed.place ? '' : typed.placeTyped.trim(), typed.placeWords.trim()]
    .filter(Boolean)
    .join(' ');
  const known = typed.name.trim() || typed.phone.trim() || typed.address.trim();
  return {
    channel: typed.channel,
    track: typed.track,
    text: typed.words.trim(),
    ...(typed.title.trim() ? { title: typed.title.trim() } : {}),
    ...(typed.place ? { place: typed.place.code } : {}),
    ...(where ? { place_words: where } : {}),
    ...(known
      ? {
          contact: {
            name: typed.name.trim(),
            phone: typed.phone.trim(),
            address: typed.address.trim(),
            way: typed.phone.trim() && typed.tellBySms ? ('sms' as const) : null,
          },
          identity_level: typed.named && typed.name.trim() ? ('named' as const) : ('confidential' as const),
        }
      : {}),
    ...(typed.saidOn ? { happened_at: `${typed.saidOn}T00:00:00.000+08:00` } : {}),
    may_be_called: typed.mayBeCalled && typed.phone.trim() !== '',
    ...(typed.noticeGiven ? { notice_given: true } : {}),
  };
}

export function makeIntake(desk: Desk, may: (permission: string) => boolean, first: Typed) {
  const intake = reactive<Intake>({
    typed: first,
    sent: { receipt: null, sorted: false, afterwards: 'nothing' },
    sending: false,
    trouble: null,
    startedAt: 0,
    endedAt: 0,
  }) as Intake;

  // A key belongs to what was sent under it: what is changed before it is sent again is another thing, or the server would
  // answer with the receipt of the first and the change would be lost.
  const keys = new Map<string, { of: string; key: string }>();
  function keyFor(step: string, of: string): string {
    const known = keys.get(step);
    if (known && known.of === of) return known.key;
    const key = newToken();
    keys.set(step, { of, key });
    return key;
  }

  // Whoever sits here next sends nothing of somebody else's: what is under way when its person goes is its last step.
  let over: Trouble | null = null;
  if (getCurrentScope()) onScopeDispose(() => (over = { status: 401, sentence: '', code: '', field: '' }));

  async function keep(): Promise<Trouble | null> {
    if (over) return over;
    const words = wordsOf(intake.typed);
    const files = intake.typed.files;
    const of = JSON.stringify([words, files.map((file) => [file.name, file.size, file.lastModified])]);
    const header = { 'Idempotency-Key': keyFor('keep', of) };
    const answer = await desk.ask((server) =>
      files.length === 0
        ? server.POST('/api/v1/office/cases', { params: { header }, body: words })
        : server.POST('/api/v1/office/cases/with_files', {
            params: { header },
            body: { case: JSON.stringify(words) },
            bodySerializer: (body) => {
              const form = new FormData();
              form.append('case', body.case);
              for (const file of files) form.append('file', file);
              return form;
            },
          }),
    );
    if ('trouble' in answer) return answer.trouble;
    intake.sent.receipt = answer.ok;
    intake.endedAt = Date.now();
    return null;
  }

  // `part` tells one of several steps of a kind from the others: each is sent under a key of its own.
  async function step(kind: string, fields: Record<string, string>, part = ''): Promise<Trouble | null> {
    if (over) return over;
    const id = intake.sent.receipt?.id ?? '';
    const answer = await desk.ask((server) =>
      server.POST('/api/v1/cases/{id}/steps/{kind}', {
        params: {
          path: { id, kind },
          header: { 'Idempotency-Key': keyFor(kind + part, id + JSON.stringify(fields)) },
        },
        body: { fields },
      }),
    );
    return 'trouble' in answer ? answer.trouble : null;
  }

  async function sort(): Promise<Trouble | null> {
    const { category, complainedOf, urgency, track } = intake.typed;
    if (track === 'accusation') return null;
    // One unit a step.
    const [first, ...others] = complainedOf;
    let trouble: Trouble | null = null;
    if (category || first || urgency !== 'ordinary') {
      trouble = await step('triaged', {
        ...(category ? { category } : {}),
        ...(first ? { complained_of: first.id } : {}),
        urgency,
      });
    }
    for (const { id } of others) trouble ??= await step('triaged', { complained_of: id }, id);
    if (trouble?.status === 404) {
      // Another body sorts and answers what came in on this track.
      intake.sent.afterwards = 'elsewhere';
      return null;
    }
    return trouble;
  }

  async function finish(noteFor: (number: string) => string): Promise<Trouble | null> {
    const { answer, outcome, joins, track } = intake.typed;
    if (track === 'accusation' || intake.sent.afterwards !== 'nothing') return null;
    let done: Afterwards = 'nothing';
    let trouble: Trouble | null = null;
    if (answer.trim()) {
      trouble = await step('answered_on_spot', { public_answer: answer.trim(), outcome });
      done = 'answered';
    } else if (joins && may('case:merge')) {
      trouble = await step('merged', { into: joins.id });
      done = 'merged';
    } else if (joins) {
      trouble = await step('noted', { note: noteFor(joins.number) });
      done = 'noted';
    }
    if (trouble?.status === 404) {
      intake.sent.afterwards = 'elsewhere';
      return null;
    }
    if (!trouble) intake.sent.afterwards = done;
    return trouble;
  }

  // Goes on where it stopped. `noteFor` says to the colleague who sends it on that it is the same matter.
  async function send(noteFor: (number: string) => string): Promise<void> {
    if (intake.sending) return;
    intake.sending = true;
    intake.trouble = null;
    if (!intake.sent.receipt) intake.trouble = await keep();
    if (!intake.trouble && !intake.sent.sorted) {
      intake.trouble = await sort();
      intake.sent.sorted = !intake.trouble;
    }
    if (!intake.trouble) intake.trouble = await finish(noteFor);
    intake.sending = false;
  }

  function begin(): void {
    if (intake.startedAt === 0) intake.startedAt = Date.now();
  }

  // Not while something is under way: what is still to be sent of it stands in these fields.
  function next(): void {
    if (intake.sending) return;
    keys.clear();
    Object.assign(
      intake.typed,
      blank(first.channel, intake.typed.track === 'accusation' ? first.track : intake.typed.track),
    );
    intake.sent = { receipt: null, sorted: false, afterwards: 'nothing' };
    intake.trouble = null;
    intake.startedAt = 0;
    intake.endedAt = 0;
  }

  const somethingTyped = () =>
    intake.typed.words !== '' ||
    intake.typed.phone !== '' ||
    intake.typed.name !== '' ||
    intake.typed.files.length > 0;

  // Would something be lost if it went now? What has its number and all its steps is kept by the server.
  const unfinished = () =>
    intake.sending || (intake.sent.receipt ? intake.trouble !== null : somethingTyped());

  return { intake, send, begin, next, somethingTyped, unfinished };
}

// The track of what is told to this unit unless it is something else: a hotline's own, or a petition.
export function ownTrack(kind: string | undefined): Track {
  return kind === 'hotline_body' ? 'hotline' : 'petition';
}

// Does the key belong to the input method that is writing a Chinese word? Then it is none of ours.
export function composing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}
