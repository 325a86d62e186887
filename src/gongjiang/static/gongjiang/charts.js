/* Charts from the JSON beside them. Without this file or ECharts the table beneath stands open. */
(() => {
  "use strict";
  const plots = Array.from(document.querySelectorAll("[data-chart]"));
  if (!window.echarts) {
    plots.forEach((plot) => { const table = plot.parentElement.querySelector("[data-table]"); if (table) table.open = true; });
    return;
  }
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const decals = [
    { symbol: "none" },
    { color: "rgba(255,255,255,.75)", dashArrayX: [1, 0], dashArrayY: [2, 3], rotation: -0.785 },
    { symbol: "circle", symbolSize: 0.6, dashArrayX: [[5, 5], [0, 5, 5, 0]], dashArrayY: [5, 0], color: "rgba(255,255,255,.8)" },
    { color: "rgba(255,255,255,.75)", dashArrayX: [1, 0], dashArrayY: [3, 3] },
  ];
  const options = (data) => {
    const flat = data.kind === "flat";
    const words = { color: colour("ink-2"), fontSize: 14 };
    const names = { type: "category", data: data.categories, inverse: flat, axisTick: { show: false },
      axisLine: { lineStyle: { color: colour("line-2") } }, axisLabel: { ...words, hideOverlap: true } };
    const numbers = { type: "value", minInterval: 1, axisLabel: words, splitLine: { lineStyle: { color: colour("line") } } };
    return {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 14 },
      grid: { left: 8, right: 16, top: data.series.length > 1 ? 40 : 16, bottom: 8, containLabel: true },
      tooltip: { trigger: "axis", confine: true, backgroundColor: colour("surface"), borderColor: colour("line-2"),
        textStyle: { color: colour("ink"), fontSize: 14 } },
      legend: data.series.length > 1
        ? { type: "scroll", top: 0, left: 0, right: 0, pageIconSize: 12, itemWidth: 14, itemHeight: 14, itemGap: 12, textStyle: { color: colour("ink"), fontSize: 14 } } : undefined,
      aria: { enabled: true, decal: { show: data.series.length > 1 && data.kind !== "line", decals } },
      xAxis: flat ? numbers : names,
      yAxis: flat ? names : numbers,
      series: data.series.map((one) => ({
        name: one.name, data: one.values, type: data.kind === "line" ? "line" : "bar", barMaxWidth: 24, symbolSize: 8,
        stack: data.kind === "stack" ? "all" : undefined, color: colour(one.role), connectNulls: false,
      })),
    };
  };
  const drawn = plots.map((plot) => {
    const data = JSON.parse(document.getElementById(plot.dataset.chart).textContent);
    plot.hidden = false;
    if (data.kind === "flat") plot.classList.add("rows-" + Math.min(12, data.categories.length));
    const chart = window.echarts.init(plot, null, { renderer: "svg" });
    chart.setOption(options(data));
    return [chart, data];
  });
  window.addEventListener("resize", () => drawn.forEach(([chart]) => chart.resize()));
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change",
    () => drawn.forEach(([chart, data]) => chart.setOption(options(data), true)));
})();
