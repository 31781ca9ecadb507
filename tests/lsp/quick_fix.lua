-- Opens a file, waits for its diagnostic, makes the fix that the environment names, and saves.
local function fail(message)
  io.stderr:write(message .. '\n')
  vim.cmd('cquit 1')
end

local function wait(what, condition)
  if not vim.wait(20000, condition, 20) then fail('timed out: ' .. what) end
end

local command, root, file = vim.env.MINUSN_COMMAND, vim.env.MINUSN_ROOT, vim.env.MINUSN_FILE
if vim.lsp.enable then
  vim.lsp.config('minusn', { cmd = { command, 'lsp' }, filetypes = { 'python' }, root_dir = root })
  vim.lsp.enable('minusn')
end
vim.cmd('filetype on')
vim.cmd('edit ' .. vim.fn.fnameescape(file))
local buffer = vim.api.nvim_get_current_buf()
if not vim.lsp.enable then
  local id = vim.lsp.start_client({ name = 'minusn', cmd = { command, 'lsp' }, root_dir = root })
  vim.lsp.buf_attach_client(buffer, id)
end

wait('diagnostics', function() return #vim.diagnostic.get(buffer) > 0 end)
local found = vim.diagnostic.get(buffer)[1]
io.stdout:write(found.source .. ' ' .. found.code .. '\n')
vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })

local text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
local chosen = false
vim.ui.select = function(items, _, choose)
  for index, item in ipairs(items) do
    local action = item.action or item[2]
    if action.title:find(vim.env.MINUSN_TITLE, 1, true) then
      chosen = true
      return choose(item, index)
    end
  end
  fail('no such action among ' .. #items)
end
vim.lsp.buf.code_action()
wait('the action', function() return chosen end)
wait('the edit', function()
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n') ~= text
end)
wait('no diagnostics', function() return #vim.diagnostic.get(buffer) == 0 end)
vim.cmd('wall')
vim.cmd('qall!')
