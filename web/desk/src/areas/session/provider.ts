import { onMounted, ref, type Ref } from 'vue';
import type { Desk, Schemas } from '../../api/client';

type Provider = NonNullable<Schemas['WaysIn']['provider']>;

// The county's OpenID provider, once the server has said that there is one. Without an answer the page offers what always
// works: login and password.
export function useProvider(desk: Desk): Ref<Provider | null> {
  const provider = ref<Provider | null>(null);
  onMounted(async () => {
    const answer = await desk.ask((server) => server.GET('/api/v1/session/ways'));
    if ('ok' in answer) provider.value = answer.ok.provider;
  });
  return provider;
}
