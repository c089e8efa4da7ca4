// Runs when the mark in a picture's place has loaded; `event` is that. It tells the kernel, through
// a hidden entry, which form the place has room for: when that changes, and not at each pixel.
const mark = event.currentTarget, spare = 16;
const forms = mark.dataset.forms.split(' ').map((form) => form.split(':'));
const tell = () => {
  const width = mark.clientWidth;
  if (!width) return;
  const entry = mark.closest('.dtao-place').querySelector('.dtao-form input');
  if (!entry) return void setTimeout(tell, 50);
  const now = forms.findIndex(([name]) => name === entry.value);
  const fits = forms.findIndex(([, least], n) => width >= Number(least) + (n < now ? spare : 0));
  if (fits === now) return;
  entry.value = forms[fits][0];
  entry.dispatchEvent(new Event('input', { bubbles: true }));
};
new ResizeObserver(tell).observe(mark);
