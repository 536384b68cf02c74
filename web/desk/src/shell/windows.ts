// The windows of one browser share one session. Whoever leaves in one has left in all of them, and who signs in within one sits in
// all: nobody works in a window under the name of the one before. What is told is that, and not of whom.
import { onBeforeUnmount, onMounted } from 'vue';

export type Happened = 'left' | 'arrived';

export function useOtherWindows(heard: (happened: Happened) => void): (happened: Happened) => void {
  let channel: BroadcastChannel | undefined;
  onMounted(() => {
    if (!('BroadcastChannel' in globalThis)) return;
    channel = new BroadcastChannel('minhu-desk');
    channel.onmessage = ({ data }) => heard(data as Happened);
  });
  onBeforeUnmount(() => channel?.close());
  return (happened) => channel?.postMessage(happened);
}
