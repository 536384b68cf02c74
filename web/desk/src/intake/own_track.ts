// The track of what is told to the clerk's own unit. The words are sent under it, and words that are sent again under another
// would be another matter: it is known before anything is sent.
import { onMounted, ref } from 'vue';
import { useDesk, useSession } from '../shell/session';
import { ownTrack, type Track, type Typed } from './intake';

export function useOwnTrack(typed: Typed) {
  const desk = useDesk();
  const session = useSession();
  const own = ref<Track>('petition');
  let known = false;
  let asking: Promise<void> | undefined;

  async function ask(): Promise<void> {
    const answer = await desk.ask((server) => server.GET('/api/v1/units'));
    asking = undefined;
    if (!('ok' in answer)) return; // asked again before something is sent
    known = true;
    own.value = ownTrack(answer.ok.units.find((one) => one.id === session.account?.unit?.id)?.kind);
    if (typed.track === 'petition' || typed.track === 'hotline') typed.track = own.value;
  }
  async function learnOwn(): Promise<void> {
    if (!known) await (asking ??= ask());
  }
  onMounted(() => void learnOwn());
  return { own, learnOwn };
}
