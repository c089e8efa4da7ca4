// Runs at a press of the pointer within a live picture; `event` is the press.
// The scale is that of the beginning: the axes may change while one drags.
const svg = event.currentTarget, stack = svg.closest('.dtao-stack');
const rect = svg.querySelector('.dtao-drag'), box = rect.getBoundingClientRect();
const within = event.clientX >= box.left && event.clientX <= box.right
  && event.clientY >= box.top && event.clientY <= box.bottom;
const [name, axis, ...ends] = rect.dataset.drag.split(' ');
const [from, least, to, most] = ends.map(Number);
const [low, high, step] = svg.dataset.range.split(' ').map(Number);
const entry = svg.closest('.dtao-playground')
  .querySelector('.dtao-of-' + name + ' input[type=number]');
if (within && entry) {
  event.preventDefault();
  stack.setPointerCapture(event.pointerId);
  const back = svg.getScreenCTM().inverse();
  let last = 0;
  const move = (moved) => {
    if (moved.type === 'pointermove' && Date.now() - last < 60) return;
    last = Date.now();
    const place = new DOMPoint(moved.clientX, moved.clientY).matrixTransform(back)[axis];
    const wish = least + (place - from) * (most - least) / (to - from);
    const value = Math.min(low + Math.max(Math.round((wish - low) / step), 0) * step, high);
    if (Number(entry.value) === value) return;
    entry.value = Number(value.toPrecision(12));
    entry.dispatchEvent(new Event('input', { bubbles: true }));
    entry.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const end = (moved) => {
    move(moved);
    stack.removeEventListener('pointermove', move);
    stack.removeEventListener('pointerup', end);
    stack.removeEventListener('pointercancel', end);
  };
  stack.addEventListener('pointermove', move);
  stack.addEventListener('pointerup', end);
  stack.addEventListener('pointercancel', end);
  move(event);
}
