// What a page does on which somebody takes down what one person says, on the telephone or from a letter: the words are read
// while they are typed, sent when they are there, and the eye is led to what came of it.
import { computed, nextTick, ref, useTemplateRef } from 'vue';
import { onBeforeRouteLeave } from 'vue-router';
import { useWordsRead } from '../matters/use_words_read';
import { enterGoesOn, isSendKey } from './focus';
import type { makeIntake } from './intake';
import { t } from './messages';
import { useOwnTrack } from './own_track';

type Taking = Pick<ReturnType<typeof makeIntake>, 'intake' | 'send' | 'next'>;
interface Focusable {
  focus: () => void;
}

// The page names the pieces that the eye is led to: `words` (what is typed), `not_kept` (why it was not kept) and `taken` (the
// number).
export function useTaking(taking: Taking) {
  const { intake } = taking;
  const { typed } = intake;
  const { own, learnOwn } = useOwnTrack(typed);
  const missing = ref(false); // the words
  const words = useTemplateRef<Focusable>('words');
  const notKept = useTemplateRef<Focusable>('not_kept');
  const taken = useTemplateRef<Focusable>('taken');

  // Nothing of an accusation is read by anybody or anything here.
  const open = computed(() => typed.track !== 'accusation');
  const { read, trouble: unread } = useWordsRead(() =>
    open.value && !intake.sent.receipt
      ? { title: typed.title, text: typed.words, place: typed.place?.code ?? '' }
      : null,
  );

  async function send() {
    missing.value = !typed.words.trim();
    if (missing.value) {
      words.value?.focus();
      return;
    }
    await learnOwn();
    await taking.send((number) => t('note.same', { number }));
    await nextTick();
    (taken.value ?? notKept.value)?.focus();
  }
  function key(event: KeyboardEvent) {
    if (isSendKey(event)) {
      event.preventDefault();
      void send();
    } else {
      enterGoesOn(event);
    }
  }

  onBeforeRouteLeave(() => {
    if (intake.sent.receipt && !intake.trouble) taking.next(); // the number is given: nothing of it stays on the screen
  });

  return { intake, typed, own, open, missing, words, read, unread, send, key };
}
