// The page works without this: it adds live progress, and starts a backup without leaving the page.
'use strict';

const state = document.getElementById('state');
const form = document.getElementById('dump');
let wasRunning = state.classList.contains('running');

function show(kind, headline, detail) {
  state.className = kind;
  state.querySelector('strong').textContent = headline;
  state.querySelector('.quiet').textContent = detail;
  const output = state.querySelector('pre');
  if (output) output.remove();
  if (form) form.querySelector('button').disabled = kind === 'running';
}

function size(bytes) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  while (bytes >= 1024 && unit < units.length - 1) {
    bytes /= 1024;
    unit++;
  }
  return `${bytes.toFixed(unit === 0 || bytes >= 100 ? 0 : 1)} ${units[unit]}`;
}

// With the origin, since a browser refuses to fetch from an address that somebody opened as http://name:password@host/.
const events = new EventSource(`${location.origin}/events`);
events.addEventListener('state', (event) => {
  const now = JSON.parse(event.data);
  if (now.running) {
    const rate = now.seconds > 0 ? ` · ${size(now.bytes / now.seconds)}/s` : '';
    show('running', `Running: ${size(now.bytes)}`, `${Math.round(now.seconds)} s${rate}`);
    wasRunning = true;
  } else if (wasRunning) {
    // What the backup changed is on the server: the table, the days, the reason of a failure.
    location.reload();
  }
});

if (form) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    show('running', 'Starting', '');
    try {
      const answer = await fetch(`${location.origin}/dump`, { method: 'POST', headers: { accept: 'application/json' } });
      if (answer.ok) {
        wasRunning = true;
        if (events.readyState === EventSource.CLOSED) location.reload();
      } else {
        const problem = await answer.json();
        show('failed', problem.error, problem.hint || '');
      }
    } catch (lost) {
      show('failed', 'The sidecar does not answer', String(lost.message || lost));
    }
  });
}
