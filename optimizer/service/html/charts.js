// charts.js: a bar chart above each table that asks for one; behind Chart.js
// in one file.  The table stays: the chart is a second view of it, hidden
// from screen readers.
//
//   <div class="chart" data-columns="2 3 4" data-stacked> ... <table> ...
//
// data-columns: the table's columns (0-based) that become bars, a colour
// each; the first column names the rows.  Colours are the page's own.
(() => {
  const style = getComputedStyle(document.querySelector('.tsunagari') ||
    document.documentElement)
  const token = name => style.getPropertyValue(name).trim()
  const colours = ['--chart-1', '--chart-2', '--chart-3', '--chart-4']
    .map(token)
  const number = text => {
    const value = parseFloat(text.replace(/[,，%\s]/g, ''))
    return Number.isFinite(value) ? value : null
  }

  for (const box of document.querySelectorAll('.chart')) {
    const table = box.querySelector('table')
    const rows = [...table.tBodies[0].rows]
    if (rows.length === 0 || rows.length > 70) continue
    const heads = [...table.tHead.rows[0].cells].map(c => c.textContent)
    const columns = box.dataset.columns.split(' ').map(Number)
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    const canvas = document.createElement('canvas')
    const frame = document.createElement('div')
    frame.className = 'chart-frame'
    frame.style.height = `${5 + rows.length * (1 + columns.length / 3)}rem`
    frame.setAttribute('aria-hidden', 'true')
    frame.append(canvas)
    box.prepend(frame)
    const stacked = 'stacked' in box.dataset
    new Chart(canvas, {
      type: 'bar',
      data: {
        labels: rows.map(r => r.cells[0].textContent),
        datasets: columns.map((column, i) => ({
          label: heads[column],
          data: rows.map(r => number(r.cells[column].textContent)),
          backgroundColor: colours[i % colours.length],
        })),
      },
      options: {
        indexAxis: 'y',
        animation: !still,
        maintainAspectRatio: false,
        plugins: { legend: { labels: { color: token('--ink') } } },
        scales: {
          x: { stacked, beginAtZero: true, ticks: { color: token('--ink') },
            grid: { color: token('--line') } },
          y: { stacked, ticks: { color: token('--ink'), autoSkip: false },
            grid: { display: false } },
        },
      },
    })
  }
})()
