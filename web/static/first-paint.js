// Before the first paint: colour scheme, language and direction, so that nothing flashes or jumps.
;(function () {
  var root = document.documentElement
  var mode = 'system'
  var locale = null
  try {
    mode = localStorage.getItem('webnova:theme') || 'system'
    locale = localStorage.getItem('webnova:locale')
  } catch (_) {
    // Storage may be forbidden; the defaults are fine then.
  }
  var dark = mode === 'dark' || (mode === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.classList.add(dark ? 'dark' : 'light')
  if (!locale) {
    var wanted = (navigator.languages || [navigator.language]).map(function (l) {
      return l.split('-')[0]
    })
    locale =
      wanted.filter(function (l) {
        return l === 'en' || l === 'ar'
      })[0] || 'en'
  }
  root.lang = locale
  root.dir = locale === 'ar' ? 'rtl' : 'ltr'
})()
