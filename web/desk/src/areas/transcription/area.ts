import type { Area } from '../../shell/area';
import { t } from './titles';

export const area: Area = {
  routes: [
    {
      path: '/transcription',
      name: 'transcription',
      component: () => import('./TranscriptionPage.vue'),
      meta: { title: () => t('transcription.title'), permission: 'case:transcribe' },
    },
    {
      path: '/transcription/:id',
      name: 'recording',
      component: () => import('./RecordingPage.vue'),
      meta: { title: () => t('recording.title'), permission: 'case:transcribe' },
    },
  ],
  nav: [
    {
      route: 'transcription',
      says: () => t('transcription.title'),
      permission: 'case:transcribe',
      group: 'intake',
      order: 23,
    },
  ],
};
