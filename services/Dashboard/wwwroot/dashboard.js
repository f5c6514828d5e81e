// What a page can do without its connection: choose light or dark, print, copy a text. Buttons say what they do in data-action.
const root = document.documentElement;

function theme() {
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
}

async function copy(button) {
  const source = document.getElementById(button.dataset.source);
  const text = source.value ?? source.textContent;
  const said = document.getElementById(button.dataset.said);
  try {
    await navigator.clipboard.writeText(text);
    said.textContent = 'Copied.';
  } catch {
    source.focus();
    source.select?.();
    said.textContent = 'Your browser does not allow it: press Ctrl+C.';
  }
}

// The link to the content moves the focus, not the address.
document.addEventListener('click', event => {
  if (!event.target.closest('.skip')) return;
  event.preventDefault();
  event.stopPropagation();
  document.getElementById('main').focus();
}, true);

document.addEventListener('click', event => {
  const button = event.target.closest('[data-action]');
  if (button?.dataset.action === 'theme') theme();
  if (button?.dataset.action === 'print') print();
  if (button?.dataset.action === 'copy') copy(button);
});
