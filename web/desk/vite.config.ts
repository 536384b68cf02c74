import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { receptionWorker } from './tools/reception_worker.mjs';

// Where `npm run dev` finds the server; the built desk is served by the server itself.
const server = process.env.MINHU_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  base: '/desk/',
  plugins: [vue(), receptionWorker()],
  server: { host: '127.0.0.1', proxy: { '/api': server } },
  build: {
    // The pages' content security policy lets nothing inline in: no data: addresses, no inline styles.
    assetsInlineLimit: 0,
    target: 'es2022',
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    css: true,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
